# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# Pages of memplot in a browser: sourced by *.t beside it, after tap.sh.
#
#     find_browser WHAT           skips all if there is no browser, or no node
#     run_browser SCRIPT FILE...  runs SCRIPT.mjs on the pages in $tmp; its TAP becomes this test's
here=$top/t/browser
driver=$BUILD/browser

# The browser's driver is installed below $BUILD, once for each lock file.
install_driver() {
    mkdir -p "$driver" &&
        cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$driver/" &&
        (cd "$driver" && "${NPM:-npm}" ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 &&
        cp "$here/package-lock.json" "$driver/done"
}

find_browser() {
    chrome=$(sh "$here/chromium.sh")
    node=$(command -v "${NODE:-node}")
    if [ -z "$chrome" ] || [ -z "$node" ]; then
        skip "$1" 'needs node and Chromium (set CHROMIUM to its path)'
        finish
    fi
    if ! cmp -s "$here/package-lock.json" "$driver/done" && ! install_driver; then
        result 1 'the driver of the browser can be installed'
        finish
    fi
}

run_browser() {
    script=$1
    shift
    cp "$here/harness.mjs" "$here/$script.mjs" "$driver/"
    "$node" "$driver/$script.mjs" "$chrome" "$tmp" "$@" >"$tmp/tap" 2>"$tmp/tap.err"
    code=$?
    cat "$tmp/tap"
    tests=$((tests + $(grep -cE '^(not )?ok ' "$tmp/tap")))
    failures=$((failures + $(grep -c '^not ok ' "$tmp/tap")))
    is 'the browser ran to its end' "$code" 0
    [ "$code" = 0 ] || note "$(cat "$tmp/tap.err")"
}
