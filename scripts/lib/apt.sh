#!/bin/sh
# Makes sure that a command is there, by apt where this user may: apt.sh COMMAND PACKAGE "to do what". Fails with a
# sentence otherwise.
set -eu
command=$1 package=$2 purpose=$3
PATH=$PATH:/usr/sbin:/sbin
command -v "$command" >/dev/null 2>&1 && exit 0

refuse() {
  echo "setup: $command is missing and $1; install the package $package $purpose" >&2
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

echo "setup: installing $package by apt" >&2
log=$(mktemp)
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
  --no-install-recommends "$package"; } >"$log" 2>&1 </dev/null; then
  tail -n 5 "$log" >&2
  rm -f "$log"
  refuse "apt could not install it"
fi
rm -f "$log"
