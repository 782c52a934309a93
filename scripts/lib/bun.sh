# Puts the pinned Bun (package.json, "packageManager") first on PATH; installs it into .tools when it is missing.
# Sourced from the project's root by every script. Needs node with npm, or a Bun of any version.

wanted=$(sed -n 's/.*"packageManager": *"bun@\([^"]*\)".*/\1/p' package.json)
tools=$PWD/.tools
pinned=bun-$wanted/node_modules/bun/bin/bun.exe

is_wanted() { [ "$("$1" --version 2>/dev/null)" = "$wanted" ]; }

# Lifecycle scripts stay off, so the package's own step, which moves the binary into place, is run by hand. Not
# `npm --prefix`: that would also move the place where npm looks for the machine's settings (certificates, mirrors).
fetch_bun() {
  if command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1; then
    npm install --no-save --no-package-lock --no-audit --no-fund --no-update-notifier --ignore-scripts --loglevel=error "bun@$wanted" &&
      (cd node_modules/bun && node install.js) && return
  fi
  if command -v bun >/dev/null 2>&1; then
    bun add --silent --exact --ignore-scripts "bun@$wanted" && (cd node_modules/bun && bun install.js) && return
  fi
  return 1
}

# Made aside and moved into place, so that an interrupted or a simultaneous run leaves nothing half done.
install_bun() (
  echo "setup: installing Bun $wanted into .tools" >&2
  mkdir -p "$tools/bin"
  aside=$(mktemp -d "$tools/aside.XXXXXX")
  trap 'rm -rf "$aside"' EXIT
  trap 'exit 1' INT TERM
  chmod 755 "$aside"
  echo '{ "private": true }' >"$aside/package.json"
  if ! (cd "$aside" && fetch_bun >/dev/null) || ! is_wanted "$aside/node_modules/bun/bin/bun.exe"; then
    echo "setup: Bun $wanted could not be installed; node with npm, or any Bun, and the package registry are needed" >&2
    exit 1
  fi
  is_wanted "$tools/$pinned" && exit 0
  rm -rf "$tools/bun-$wanted"
  mv "$aside" "$tools/bun-$wanted"
)

if ! is_wanted "$tools/bin/bun" && ! is_wanted bun; then
  is_wanted "$tools/$pinned" || install_bun || exit 1
  mkdir -p "$tools/bin"
  ln -sfn "../$pinned" "$tools/bin/bun"
fi
if is_wanted "$tools/bin/bun"; then
  PATH=$tools/bin:$PATH
  export PATH
fi
