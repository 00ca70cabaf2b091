#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The four tools together, and what all of them do alike when something is wrong.
. "${0%/*}/tap.sh"
run=$top/reports/2026-11-23-v2.0.4
cat "$run-memory.jsonl" "$run-benchmark.jsonl" "$run-server.jsonl" >"$tmp/run.jsonl"

# ---- A recording, checked, reported on and drawn in one pipe ---------------------------------------
memmon -q -i 20 -- sh -c 'sleep 0.4' >"$tmp/mem.jsonl" 2>"$tmp/err"
ok "memmon records a command" test -s "$tmp/mem.jsonl"
validate "$tmp/mem.jsonl" >"$tmp/valid.jsonl"
same "what memmon writes is valid and passes unchanged" "$tmp/mem.jsonl" "$tmp/valid.jsonl"
like "the last line is the summary" "$(tail -n 1 "$tmp/valid.jsonl")" '^\{"summary":\{"duration_s":'
like "the first line carries the session" "$(head -n 1 "$tmp/valid.jsonl")" '"session":\{"platform":"'

sh -c 'validate "$1" | genreport' - "$tmp/run.jsonl" >"$tmp/report.md"
like "report of a run" "$(cat "$tmp/report.md")" '^# Benchmark Report v1\.2: 2\.0\.4'
sh -c 'validate "$1" | memplot' - "$tmp/run.jsonl" >"$tmp/timeline.html"
like "timeline of a run" "$(head -c 200 "$tmp/timeline.html")" '^<!DOCTYPE html>'
unlike "the timeline asks nobody for anything" "$(cat "$tmp/timeline.html")" '(src|href)="?(https?:)?//'
sh -c 'memmon -q -i 20 -d 0.3 | validate | memplot' >"$tmp/now.html"
ok "memmon | validate | memplot draws" test -s "$tmp/now.html"

for tool in genreport memplot; do
    "$tool" <"$tmp/run.jsonl" >"$tmp/one" 2>&1
    "$tool" <"$tmp/run.jsonl" >"$tmp/two" 2>&1
    same "$tool: same input, same bytes" "$tmp/one" "$tmp/two"
    "$tool" -o "$tmp/file" "$tmp/run.jsonl"
    ok "$tool -o writes the file" test -s "$tmp/file"
done

# ---- Output that fails ------------------------------------------------------------------------------
if [ -c /dev/full ]; then
    for tool in validate genreport memplot; do
        exits "$tool: a full disk is an input/output error" 3 sh -c "$tool <'$tmp/run.jsonl' >/dev/full"
        like "$tool: a full disk is named" "$(cat "$err_file")" "^$tool: .*No space left on device"
    done
    exits "memmon: a full disk does not touch the command" 7 sh -c "memmon -q -i 10 -- sh -c 'sleep 0.1; exit 7' >/dev/full"
    like "memmon: a full disk is named" "$(cat "$err_file")" "^memmon: .*No space left on device"
    exits "memmon: a full disk, without a command" 3 sh -c "memmon -q -i 10 -d 0.1 >/dev/full"
fi
# The reader is gone before anything is written.
without_reader='pipe R, W; open STDOUT, ">&", \*W; close R; exec @ARGV'
for tool in validate genreport memplot; do
    exits "$tool: a closed pipe is an input/output error" 3 perl -e "$without_reader" "$tool" "$tmp/run.jsonl"
    like "$tool: a closed pipe is named" "$(cat "$err_file")" "^$tool: .*Broken pipe"
done
exits "memmon: a closed pipe does not touch the command" 5 perl -e "$without_reader" memmon -q -i 10 -- sh -c "sleep 0.3; exit 5"
like "memmon: a closed pipe is named" "$(cat "$err_file")" "^memmon: .*Broken pipe"

# ---- Input that is wrong ----------------------------------------------------------------------------
for tool in validate genreport memplot; do
    exits "$tool: a missing file is an input/output error" 3 "$tool" "$tmp/none.jsonl"
    like "$tool: a missing file is named" "$(cat "$err_file")" "^$tool: .*/none.jsonl: cannot read: No such file or directory"
    exits "$tool: a directory is an input/output error" 3 "$tool" "$tmp"
    like "$tool: a directory is named" "$(cat "$err_file")" "cannot read: Is a directory"
done
exits "validate: nothing is valid" 0 validate /dev/null
like "validate: nothing is said" "$(cat "$err_file")" '^validate: /dev/null: no records'
for tool in genreport memplot; do
    exits "$tool: nothing is an error" 1 "$tool" /dev/null
    like "$tool: nothing is named" "$(cat "$err_file")" "^$tool: .*no .* in the input"
    is "$tool: nothing is written" "$(cat "$out_file")" ""
done
# The same bytes each time, but none that are JSON.
{ printf '}\1\377\n' && awk 'BEGIN { srand(7); for (i = 0; i < 50000; i++) printf "%c", int(rand() * 255) + 1 }'; } >"$tmp/garbage"
for tool in validate genreport memplot; do
    exits "$tool: garbage is refused" 1 "$tool" "$tmp/garbage"
    like "$tool: garbage is named by line" "$(cat "$err_file")" "^($tool: )?/.*/garbage:1:1: "
    is "$tool: garbage does not reach the terminal" "$(LC_ALL=C tr -d '[:print:]\n' <"$err_file" | tr -d '\200-\377')" ""
done
for tool in genreport memplot; do
    cat "$tmp/run.jsonl" "$tmp/garbage" >"$tmp/mixed"
    exits "$tool: goes on after bad lines" 0 "$tool" "$tmp/mixed"
    exits "$tool --strict: bad lines are an error" 1 "$tool" --strict "$tmp/mixed"
    like "$tool: says how many more there were" "$(cat "$err_file")" "^$tool: [0-9]+ more lines with problems, not shown"
done

# ---- Other shapes of the same stream ----------------------------------------------------------------
sed "s/\$/$(printf '\r')/" "$tmp/run.jsonl" >"$tmp/crlf.jsonl"
{ printf '\357\273\277' && cat "$tmp/run.jsonl"; } >"$tmp/bom.jsonl"
awk '{ print "\n  \n" $0 }' "$tmp/run.jsonl" >"$tmp/blank.jsonl"
cat "$run-benchmark.jsonl" "$tmp/bom.jsonl" >"$tmp/inner-bom.jsonl"
exits "validate: a byte order mark may come where cat left it" 0 validate "$tmp/inner-bom.jsonl"
same "validate: and passes on" "$tmp/inner-bom.jsonl" "$out_file"
for tool in genreport memplot; do
    exits "$tool: a byte order mark may come where cat left it" 0 "$tool" --strict "$tmp/inner-bom.jsonl"
    "$tool" <"$tmp/run.jsonl" >"$tmp/plain"
    for shape in crlf bom blank; do
        "$tool" <"$tmp/$shape.jsonl" >"$tmp/shaped"
        same "$tool: $shape makes no difference" "$tmp/plain" "$tmp/shaped"
    done
done

# ---- A file that may not grow is a failed write; `make torture` has more of that kind
for tool in validate genreport memplot; do
    exits "$tool: a limit on files is an error of writing" 3 sh -c "ulimit -f 1; exec $tool '$tmp/run.jsonl' >'$tmp/limited'"
    like "$tool says so" "$(cat "$err_file")" "^$tool: .*File too large"
done
finish
