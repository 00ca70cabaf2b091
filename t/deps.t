#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# .ci/deps on machines that lack something: only what is in $tmp/bin is there.
. "${0%/*}/tap.sh"
unset CHROMIUM
mkdir "$tmp/bin"
for command in sh env cat rm mktemp; do ln -s "$(command -v $command)" "$tmp/bin/$command"; done
fake() { # NAME TEXT: a command that does what TEXT says
    printf '#!/bin/sh\n%s\n' "$2" >"$tmp/bin/$1"
    chmod +x "$tmp/bin/$1"
}
deps() { PATH=$tmp/bin sh "$top/.ci/deps" "$@"; }

fake id 'echo 1000'
fake apt-get 'exit 0'
exits "without the right to install it stops" 1 deps build page test
is "and names the packages in one line" "$(cat "$out_file" "$err_file")" \
    "mlxk-bench: please install: gcc libc6-dev pkg-config libjansson-dev libyaml-dev libpcre2-dev libidn2-dev libunistring-dev libdeflate-dev nodejs npm check perl mandoc jq"
exits "--check stops" 1 deps --check build page
like "and names them, too" "$(cat "$err_file")" '^mlxk-bench: not installed: gcc libc6-dev .* npm \(make deps installs them\)$'

fake id 'echo 0'
for command in cc pkg-config npm check prove mandoc jq chromium xmllint tmux python3; do fake $command 'exit 0'; done
fake node 'echo 12'
exits "a package that is too old where it comes from is an error" 1 deps build page test
is "it says what it does" "$(cat "$out_file")" "mlxk-bench: reading the package lists
mlxk-bench: installing by apt: nodejs"
is "and what still lacks" "$(cat "$err_file")" "mlxk-bench: still not there, or too old (Node.js 18 is the least): nodejs"
fake node 'echo 18'
exits "where all is there it succeeds" 0 deps build page test
is "and does nothing" "$(cat "$out_file" "$err_file")" ""
rm "$tmp/bin/chromium"
fake apt-get 'exit 100'
exits "what is optional may lack" 0 deps build page test
is "and is named" "$(sed -n '$p' "$err_file")" "mlxk-bench: that failed, so some tests will be skipped: chromium"
rm "$tmp/bin/node"
exits "who has the page made needs no node" 0 deps --check build
exits "an unknown argument is refused" 2 deps every
finish
