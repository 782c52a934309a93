#!/bin/sh
# Makes sure that Chromium is there for the browser tests: by apt, where this user may. Fails with a sentence otherwise.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0

refuse() {
  echo "setup: Chromium is missing and $1; install the package chromium to run the browser tests" >&2
  exit 1
}

command -v apt-get >/dev/null 2>&1 || refuse "there is no apt here"
if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  as_root="sudo -n"
else
  refuse "this user may not install packages"
fi

echo "setup: installing Chromium by apt" >&2
log=$(mktemp)
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
  --no-install-recommends chromium; } >"$log" 2>&1 </dev/null; then
  tail -n 5 "$log" >&2
  rm -f "$log"
  refuse "apt could not install it"
fi
rm -f "$log"
