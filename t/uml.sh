#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs tests on a kernel of their own, with the superuser's rights in it: User-Mode Linux, a Linux that is a program.
#
#   BUILD=DIR uml.sh TEST…
#
# It sees this machine's files, has a TMPDIR of its own, control groups of version 2, and no pressure stall information.
# Brought by `.ci/deps uml` (Debian).
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$(pwd)/$BUILD ;; esac
sh .ci/deps uml
if ! command -v linux.uml >/dev/null; then
    echo "test-uml: there is no User-Mode Linux here (Debian's package user-mode-linux)" >&2
    exit 1
fi

work=$BUILD/uml
rm -rf "$work"
mkdir -p "$work/tmp"
cat >"$work/init" <<END
#!/bin/sh
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmp '$work/tmp'
mount -t cgroup2 cgroup /sys/fs/cgroup
PATH='$PATH'
BUILD='$BUILD'
TMPDIR='$work/tmp'
export PATH BUILD TMPDIR
cd '$(pwd)'
prove -v $* >'$work/log' 2>&1
echo "\$?" >'$work/status'
halt -f -p
END
chmod +x "$work/init"
timeout 300 linux.uml rootfstype=hostfs rootflags=/ rw mem=512M loglevel=1 init="$work/init" con=null >"$work/console" 2>&1 </dev/null || true
cat "$work/log" || cat "$work/console"
[ "$(cat "$work/status")" = 0 ]
