#!/usr/bin/env bash
# Unpacks packages of a Debian release, with all that they need, into DIR; the system stays as it is.
#   get-debian.sh DIR SUITE PACKAGE...     a second call with the same DIR returns at once
# DIR/run PROGRAM ARGUMENT... then runs a program of them, with the C library of its release. Needs apt-get, but not root.
set -euo pipefail
: "${3:?usage: get-debian.sh DIR SUITE PACKAGE...}"
dir=$(mkdir -p "$(dirname "$1")" && cd "$(dirname "$1")" && pwd)/$(basename "$1")
suite=$2
shift 2
[ ! -d "$dir" ] || exit 0
for tool in apt-get dpkg-deb; do
  command -v $tool >/dev/null || { echo "get-debian.sh: no $tool: this needs Debian or a system made from it" >&2; exit 1; }
done
# The mirror that this machine already uses, whichever it is.
mirror=$(sed -nE 's/^URIs: *([^ ]+\/debian)\/?$/\1/p; s/^deb (\[[^]]*\] )?([^ ]+\/debian)\/? .*/\2/p' \
  /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list /etc/apt/sources.list 2>/dev/null | head -n 1 || true)
[ -n "$mirror" ] || { echo "get-debian.sh: no Debian mirror in apt's sources" >&2; exit 1; }

new=$(mktemp -d "$dir.XXXXXX")
trap 'rm -rf "$new"' EXIT
mkdir -p "$new"/{apt/lists/partial,debs/archives/partial,root}
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$new/sources.list"
# With a state of its own that says that nothing is installed: so all that is needed comes along, down to the C library.
apt() {
  apt-get -qq -o Dir::State="$new/apt" -o Dir::State::status=/dev/null -o Dir::Cache="$new/debs" -o Debug::NoLocking=1 \
    -o Dir::Etc::SourceList="$new/sources.list" -o Dir::Etc::SourceParts=/dev/null -o APT::Sandbox::User="$(id -un)" "$@"
}
apt update >&2
apt install -y --no-install-recommends --download-only "$@" >&2
for deb in "$new"/debs/archives/*.deb; do
  case ${deb##*/} in
  binutils* | linux-libc-dev* | *-dev_*) ;; # Emacs could compile with them.
  *) dpkg-deb -x "$deb" "$new/root" ;;
  esac
done
cat >"$new/run" <<'RUN'
#!/bin/sh
root=$(dirname "$0")/root
program=$root/$1
shift
for loader in "$root"/lib/*/ld-linux-*.so.* "$root"/usr/lib/*/ld-linux-*.so.*; do
  [ ! -x "$loader" ] || break
done
triplet=$(basename "$(dirname "$loader")")
exec "$loader" --library-path "$root/lib/$triplet:$root/usr/lib/$triplet" --argv0 "$program" "$program" "$@"
RUN
chmod +x "$new/run"
rm -rf "$new/apt" "$new/debs"
mv -T "$new" "$dir" 2>/dev/null || [ -d "$dir" ] # Another run may have been faster.
