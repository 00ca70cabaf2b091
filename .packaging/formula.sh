#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fills Homebrew's formula: formula.sh TARBALL URL
set -eu
case $(uname -s) in
Darwin) sum=$(shasum -a 256 "$1") ;;
*) sum=$(sha256sum "$1") ;;
esac
sed -e "s|@URL@|$2|" -e "s|@SHA256@|${sum%% *}|" "${0%/*}/homebrew/mlxk-bench.rb"
