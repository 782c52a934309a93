# Puts the pinned Bun (package.json, "packageManager") first on PATH; installs it into .tools when it is missing.
# Sourced from the project's root by every script. Needs node with npm, or a Bun of any version.

wanted=$(sed -n 's/.*"packageManager": *"bun@\([^"]*\)".*/\1/p' package.json)
tools=$PWD/.tools
pinned=bun-$wanted/node_modules/bun/bin/bun.exe

is_wanted() { [ "$("$1" --version 2>/dev/null)" = "$wanted" ]; }

# Lifecycle scripts stay off, so the package's own step, which moves the binary into place, is run by hand.
fetch_bun() {
  if command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1; then
    npm install --prefix "$1" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error \
      "bun@$wanted" >/dev/null && (cd "$1/node_modules/bun" && node install.js >/dev/null) && return
  fi
  if command -v bun >/dev/null 2>&1; then
    (cd "$1" && bun add --silent --exact --ignore-scripts "bun@$wanted" >/dev/null &&
      cd node_modules/bun && bun install.js >/dev/null) && return
  fi
  return 1
}

# Built aside and moved into place, so that an interrupted or a simultaneous run leaves nothing half done.
install_bun() {
  echo "setup: installing Bun $wanted into .tools" >&2
  mkdir -p "$tools/bin"
  aside=$(mktemp -d "$tools/installing.XXXXXX")
  echo '{ "private": true }' >"$aside/package.json"
  if ! fetch_bun "$aside" || ! is_wanted "$aside/node_modules/bun/bin/bun.exe"; then
    rm -rf "$aside"
    echo "setup: Bun $wanted could not be installed; node with npm, or any Bun, and the package registry are needed" >&2
    exit 1
  fi
  rm -rf "$tools/bun-$wanted"
  mv "$aside" "$tools/bun-$wanted"
}

if ! is_wanted "$tools/bin/bun" && ! is_wanted bun; then
  is_wanted "$tools/$pinned" || install_bun
  mkdir -p "$tools/bin"
  ln -sfn "../$pinned" "$tools/bin/bun"
fi
if is_wanted "$tools/bin/bun"; then
  PATH=$tools/bin:$PATH
  export PATH
fi
