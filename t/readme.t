#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the README says to paste works as it stands there: each block runs in an empty directory of its own, with the tools
# installed as the README installs them.  Stand-ins: pytest (where it is not pytest's own recipe), ssh, man and less.
# shellcheck disable=SC2016 # what stands in single quotes is for another shell
. "${0%/*}/tap.sh"
unset MAKEFLAGS MAKELEVEL MEMMON_EVENTS BENCHMARK_RECORDS PYTEST_ADDOPTS
mkdir "$tmp/bin" "$tmp/home" "$tmp/block"
HOME=$tmp/home
PATH=$tmp/bin:$PATH
export HOME PATH

# Each block as block/HEADING.LANGUAGE, or .LANGUAGE.2 for a second one; yaml without its indentation.
awk -v to="$tmp/block/" '
    /^#/ && !inside { heading = tolower($0); gsub(/^#+ /, "", heading); gsub(/ /, "-", heading) }
    /^```/ {
        inside = !inside
        if (inside) { name = heading "." substr($0, 4); file = to name (++seen[name] > 1 ? "." seen[name] : "") }
        next
    }
    inside { print >file }' "$top/README.md"
is "the README has these blocks" "$(cd "$tmp/block" && echo *)" \
    "a-gpu-box-over-ssh.sh every-night.crontab in-a-makefile.make in-ci.yaml install.sh install.sh.2 mlxk-bench.sh mlxk-bench.text pytest.sh two-commands.sh"

# ---- Stand-ins
program() { cat >"$tmp/bin/$1" && chmod +x "$tmp/bin/$1"; }
real_make=$(command -v "${MAKE:-make}")
program make <<END
#!/bin/sh
exec "$real_make" BUILD="${BUILD#"$top"/}" "\$@"
END
program man <<END
#!/bin/sh
mandoc -T lint -W error "\$HOME/.local/share/man/man"[0-9]/"\$1".[0-9]
END
program less <<END
#!/bin/sh
exec cat
END
program ssh <<END
#!/bin/sh
[ "\$1" = gpu-box ] && shift && cd "$tmp/gpu-box" && exec sh -c "\$*"
END
program pytest <<END
#!/bin/sh
# A suite that does what the H200 machine's once did: fewer tests, and as fast.
[ "\$1" = tests/live ] && [ "\$2" = --report-output ] || exit 4
head -n 20 "$top/reports/2026-11-23-v2.0.5-benchmark.jsonl" >>"\$3"
sleep 0.3
echo "20 passed"
exit \${SUITE_STATUS:-0}
END

# paste NAME [SHELL...]: runs the block in an empty directory, by `sh -e` unless told otherwise.
paste_block() {
    block=$tmp/block/$1
    shift
    place=$tmp/place
    rm -rf "$place" && mkdir "$place" && cd "$place" || exit
    sed "s|/usr/share|$HOME/.local/share|g; s|/srv|$tmp/srv|g" "$block" >"$tmp/pasted"
    [ $# -gt 0 ] || set -- sh -e
    run "$@" "$tmp/pasted" </dev/null
}
works() {
    title=$1
    shift
    paste_block "$@"
    is "$title" "$status" 0
    [ "$status" = 0 ] || note "$(cat "$tmp/pasted" "$err_file")"
}

# ---- The two commands, and installing
is "the two commands are make demo and make test" "$(sed 's/ *#.*//' "$tmp/block/two-commands.sh" | tr '\n' ';')" "make demo;make test;"
for target in demo test; do
    ok "make $target is there" "$real_make" -C "$top" -n BUILD="${BUILD#"$top"/}" "$target"
done
cd "$top" || exit
run sh -e "$tmp/block/install.sh"
is "installing works, up to the manual" "$status" 0
[ "$status" = 0 ] || note "$(cat "$err_file")"
PATH=$tmp/bin:$HOME/.local/bin:$PATH # what the block said, for what follows
examples=$HOME/.local/share/mlxk-bench/examples
exits "memmon is the one that was installed" 0 test "$(command -v memmon)" = "$HOME/.local/bin/memmon"
run sh -e "$tmp/block/install.sh.2" </dev/null
is "so do the runs to play with" "$status" 0
like "as a report" "$(cat "$out_file")" '^### Comparison'
ok "and a timeline" test -s timeline.html
rm -f timeline.html

# ---- The first lines, and the recipes
works "the first lines work" mlxk-bench.sh
like "a report" "$(cat report.md)" '^\*\*Tests:\*\* 20 total'
like "with the samples" "$(cat report.md)" '[0-9]+ samples?, 1 summary'
like "a timeline" "$(head -c 15 timeline.html)" '^<!DOCTYPE html>'
run sh -e "$tmp/pasted" </dev/null
is "and work again in the same place" "$status" 0
like "on a run of its own" "$(cat report.md)" '^\*\*Tests:\*\* 20 total'

sed '7s/"duration": [0-9.]*/"duration": "12,5"/' "$top/reports/2026-11-23-v2.0.5-benchmark.jsonl" >bench.jsonl
validate bench.jsonl 2>&1 >clean.jsonl | head -n 1 >said
is "validate says what it is said to say" "$(cat said)" "$(head -n 1 "$tmp/block/mlxk-bench.text")"

sed -n '/run: |/,/^- /{ /run: |/d; /^- /d; s/^    //; p; }' "$tmp/block/in-ci.yaml" >"$tmp/block/ci"
for shell in 'sh -e' 'bash -e'; do # GitHub's default is bash -e
    command -v "${shell% *}" >/dev/null || continue
    GITHUB_STEP_SUMMARY=$tmp/summary
    export GITHUB_STEP_SUMMARY
    echo "before" >"$GITHUB_STEP_SUMMARY"
    # shellcheck disable=SC2086
    works "in CI, by $shell" ci $shell
    like "the summary has the report" "$(cat "$GITHUB_STEP_SUMMARY")" '^# Benchmark Report'
    is "behind what was there" "$(head -n 1 "$GITHUB_STEP_SUMMARY")" before
    is "what is kept is there" "$(echo *.jsonl timeline.html)" "bench.jsonl mem.jsonl timeline.html"
    export SUITE_STATUS=3
    # shellcheck disable=SC2086
    paste_block ci $shell
    is "a failing suite fails the step" "$status" 3
    like "but has a report" "$(cat "$GITHUB_STEP_SUMMARY")" '^# Benchmark Report'
    unset SUITE_STATUS GITHUB_STEP_SUMMARY
done
# validate reads YAML, so it can tell whether the workflow is: a schema that no line but one like it fits.
{ echo const: && sed 's/^/  /' "$tmp/block/in-ci.yaml"; } >"$tmp/const.yaml"
echo '[]' | validate -s "$tmp/const.yaml" >"$out_file" 2>"$err_file"
is "the workflow is YAML" $? 1

mkdir -p "$tmp/srv/suite"
is "the crontab has a line" "$(wc -l <"$tmp/block/every-night.crontab" | tr -d ' ')" 1
unlike "without a % that cron would take for a line's end" "$(cat "$tmp/block/every-night.crontab")" %
sed 's/^0 2 \* \* \*  //' "$tmp/block/every-night.crontab" >"$tmp/block/night"
works "every night" night env -i PATH="$tmp/bin:/usr/bin:/bin" SHELL=/bin/sh sh
is "without a word" "$(cat "$out_file" "$err_file")" ""
like "a report" "$(cat "$tmp"/srv/runs/*.md)" '^# Benchmark Report'
ok "a timeline" test -s "$(echo "$tmp"/srv/runs/*.html)"

works "in a Makefile" in-a-makefile.make sh -ec 'cp "$0" Makefile; make -s bench; ls benchmarks'
like "a report" "$(cat benchmarks/*.md)" '^# Benchmark Report'
cp benchmarks/*-benchmark.jsonl "$tmp/old.jsonl"
unlike "of this run alone" "$(cat benchmarks/*.md)" '^### Comparison'
ok "make bench-report compares" make -s bench-report BENCH_OLD="$tmp/old.jsonl"
like "with the other run" "$(cat benchmarks/*.md)" '^### Comparison'

mkdir -p "$tmp/gpu-box/suite"
works "over ssh" a-gpu-box-over-ssh.sh
is "the samples came" "$(tail -n 1 mem.jsonl | jq -r .summary.exit_code+0)" 0
is "the records, too" "$(wc -l <bench.jsonl | tr -d ' ')" 20
like "and a timeline" "$(head -c 15 timeline.html)" '^<!DOCTYPE html>'
like "what pytest printed was seen" "$(cat "$err_file")" '^20 passed$'

for python in python3 /usr/bin/python3 none; do $python -c 'import pytest' 2>/dev/null && break; done
if [ "$python" != none ]; then
    program pytest <<END
#!/bin/sh
exec $python -B -m pytest -p no:cacheprovider "\$@"
END
    works "pytest" pytest.sh
    ok "its record is valid" validate -F -f quiet bench.jsonl
    is "and tells what the test told" "$(jq -c '[.model.id, .performance.tokens_per_sec]' bench.jsonl)" '["org/model-7b",31.4]'
    like "in the report as well" "$(cat report.md)" 'model-7b'
else
    skip "pytest" "no pytest"
fi

# ---- The reports' page: how to look at them
mkdir "$tmp/reports"
cp "$top"/reports/*.jsonl "$tmp/reports"
cd "$tmp/reports" || exit
sed -n '/^## Looking at them/,$s/^    //p' "$top/reports/README.md" >"$tmp/looking"
run sh -e "$tmp/looking"
is "the reports can be looked at as their page says" "$status $(cat "$err_file")" "0 "
like "with a comparison" "$(cat "$out_file")" '^### Comparison'
like "outcomes" "$(cat "$out_file")" '^ *106 passed$'
like "and rates" "$(cat "$out_file")" '^2\.0\.5.[^ ]*Llama-8B-bf16.[0-9.]+$'

# ---- What it points at
cd "$top" || exit
grep -Eo '\]\([^)]*\)' README.md | tr -d '()]' | grep -v '^https:' | sort -u >"$tmp/links"
ok "it points at files" test "$(wc -l <"$tmp/links")" -gt 10
is "which are there" "$(sed 's/#.*//' "$tmp/links" | while read -r file; do [ -e "$file" ] || echo "$file"; done)" ""
is "and at headings that are there" "$(sed -n 's/^#//p' "$tmp/links" |
    while read -r name; do grep -qix "#* *$(echo "$name" | tr - ' ')" README.md || echo "$name"; done)" ""

# The modules that CONTRIBUTING's map and its paths name are there.
modules() { tr -c 'a-z_*\n' ' ' | tr -s ' ' '\n' | grep -vxE '|or|an|error|of|main|the|is|page|web|threads|c'; }
for tool in memmon validate genreport memplot; do
    case $tool in
    validate) path=$(sed -n 's/^- an error of validate: //p' CONTRIBUTING.md) ;;
    genreport) path=$(sed -n '/^- `genreport -c OLD`: /,/^- an error/{ /^- an error/d; s/^- .*`: //; p; }' CONTRIBUTING.md) ;;
    *) path= ;;
    esac
    { sed -n "s|^    $tool/ .*main -> ||p" CONTRIBUTING.md && echo "$path"; } | modules >"$tmp/modules"
    ok "CONTRIBUTING names modules of $tool" test "$(wc -l <"$tmp/modules")" -gt 3
    is "which are there" "$(while read -r module; do
        # shellcheck disable=SC2086 # keyword_* is a pattern
        set -- "$tool"/${module}.[ch]
        [ -e "$1" ] || echo "$module"
    done <"$tmp/modules")" ""
done

# So do the pages beside it, and the commands that they name.
for page in CONTRIBUTING.md CHANGELOG.md t/README.md t/perf/README.md reports/README.md; do
    is "$page points at files that are there" "$(grep -Eo '\]\([^)]*\)' "$page" | tr -d '()]' | grep -v '^https:' | sed 's/#.*//' |
        while read -r file; do [ -e "${page%"${page##*/}"}$file" ] || echo "$file"; done)" ""
done
cat README.md CONTRIBUTING.md CHANGELOG.md t/README.md t/perf/README.md reports/README.md man/*.[1-9] |
    grep -Eo '(`|^    |Ql )make [a-z][a-z0-9-]*' | sed 's/.*make //' | sort -u >"$tmp/named"
"$real_make" -s help >"$tmp/help"
"$real_make" -s help-all >"$tmp/help-all"
ok "make help fits on a screen" test "$(wc -l <"$tmp/help")" -lt 20
is "make help-all has that, too" "$(grep -vxF -f "$tmp/help-all" "$tmp/help")" ""
like "make html makes the manual" "$("$real_make" -s BUILD="${BUILD#"$top"/}" html)" '/html/mlxk-bench\.7\.html$'
for page in man/*.[1-9]; do
    ok "with ${page##*/}" grep -q '</html>' "$BUILD/html/${page##*/}.html"
done
is "in which links lead to pages that are there" "$(grep -ho 'href="[a-z][^":#]*\.html' "$BUILD"/html/*.html | sed 's/.*"//' | sort -u |
    while read -r file; do [ -s "$BUILD/html/$file" ] || echo "$file"; done)" ""
awk '$1 == "make" { print $2 }' "$tmp/help-all" | sort -u >"$tmp/targets"
printf '%s\n' help check bench-report >>"$tmp/targets" # the last is bench.mk's
ok "they name targets of make" test "$(wc -l <"$tmp/named")" -gt 15
is "which make help-all lists" "$(grep -vxF -f "$tmp/targets" "$tmp/named")" ""
like "the examples that it names are there" "$(ls "$examples")" 'conftest\.py'
finish
