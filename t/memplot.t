#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memplot from end to end: options, exit statuses, bad input and bad output.
. "${0%/*}/tap.sh"
run=$top/reports/2026-11-23-v2.0.4
memory=$run-memory.jsonl bench=$run-benchmark.jsonl server=$run-server.jsonl
cd "$tmp" || exit 1

# The JSON block of a page: memplot's own tests of it need no browser.
meta() { sed -n 's|.*<script type="application/json" id="meta">\(.*\)</script>$|\1|p' "$1"; }
field() { meta "$1" | jq -c "$2"; }

# ---- The real run
exits 'draws a run' 0 memplot "$memory" "$bench" "$server"
cp "$out_file" page.html
is 'all samples are in it' "$(field page.html .samples)" 1096
is 'all tests are in it' "$(field page.html .tests)" 56
is 'nothing is said' "$(cat "$err_file")" ''
is 'the same input gives the same bytes' "$(memplot "$memory" "$bench" "$server" | cksum)" "$(cksum <page.html)"
like 'a policy allows only the own script and style' "$(head -n 6 page.html)" \
    "default-src 'none'; script-src 'sha256-[^']*'; style-src 'sha256-[^']*'; worker-src blob:;"
is 'nothing is fetched' "$(grep -cE '(src|href)=|@import|url\([^#]|https?:' page.html)" 0
is 'the first and only policy names the script that is there' \
    "$(sed -n "s/.*script-src 'sha256-\([^']*\)'.*/\1/p" page.html)" \
    "$(perl -MDigest::SHA=sha256_base64 -0777 -ne 'm{<script type="module" async>(.*?)</script>}s and print sha256_base64($1), "="' page.html)"
[ "$(wc -c <page.html)" -le 250000 ]
is 'a page of a short run is at most 250 kB' $? 0
like 'the tests are there without script' "$(sed -n '/<noscript>/,/<\/noscript>/p' page.html)" \
    'class=failed>.*test_known_regression'
cat "$server" "$bench" "$memory" >all.jsonl
memplot all.jsonl >all.html
same 'the order of records does not matter' all.html page.html
memplot <all.jsonl >stdin.html
same 'standard input is read without a file' all.html stdin.html
memplot - <all.jsonl >stdin.html
same 'standard input is read for -' all.html stdin.html
dd if=all.jsonl bs=1000 2>/dev/null | memplot >pieces.html
same 'in pieces of any size' all.html pieces.html

# ---- Where a line stands does not matter: files swapped, lines shuffled
shuffled() { awk -v seed="$1" 'BEGIN { srand(seed) } { printf "%.9f\t%s\n", rand(), $0 }' | sort -n | cut -f 2-; }
as_all() { for format in html svg trace text; do memplot -f $format "$@" 2>&1 || echo "status $?"; done | cksum; }
any_order() { # TITLE FILE
    want=$(as_all "$2") got=$(for seed in 1 2 3; do
        shuffled $seed <"$2" >shuffled.jsonl
        as_all shuffled.jsonl
    done | sort -u)
    is "$1 in any order" "$got" "$want"
}
is 'files in any order' "$(as_all "$server" "$memory" "$bench")" "$(as_all "$memory" "$bench" "$server")"
any_order 'the run' all.jsonl
next=$top/reports/2026-11-23-v2.0.5
cat "$memory" "$next"*.jsonl "$bench" "$server" >both.jsonl
any_order 'two runs' both.jsonl
any_order 'two GPUs' "$top/reports/2026-11-23-2gpu-memory.jsonl"
cat "$top"/reports/2026-11-23-*-memory.jsonl >sessions.jsonl
any_order 'recordings of two machines' sessions.jsonl
any_order 'tests that ran at once' "$top/t/data/golden/memplot/busy-svg/busy.jsonl"
# All of one moment: what differs in a word only, values that are there and that are not, several sessions and summaries.
jq -cn '("a", "b", "c") as $x | {ts: 1000, elapsed_s: 0, ram_free_gb: (if $x == "a" then 4 else empty end), session: {hostname: "h\($x)",
        gpus: [{name: "G\($x)"}, {name: "H"}], command: $x}, gpus: [{gpu_device_util: ($x | length)}, {gpu_device_util: 3}]},
    {ts: 1000, elapsed_s: 0, cpu_user: ($x | explode[0]), swap_used_mb: 3}, {ts: 1002, elapsed_s: 2, gpus: [{gpu_device_util: 4}, {gpu_power_w: 4}]},
    {summary: {exit_code: ($x | explode[0]), timestamp: "1970-01-01T00:16:42Z"}},
    ("passed", "failed") as $o | {schema_version: "0.2.2", test: "t.py::\($x)", outcome: $o, mlx_knife_version: "1.0.\($x | length)",
        test_start_ts: 1000, test_end_ts: 1001, system: {hardware_profile: {chip: $x}}},
    {ts: 1001, event: ("model_load", "model_unload", "model_load_start", "mark"), model: "m\($x)"},
    {ts: 1001, level: "INFO", msg: "served", model: "m\($x)"}' >moment.jsonl
any_order 'all of one moment' moment.jsonl

# ---- Options
is 'the title comes from the data' "$(field page.html .title)" '"Timeline of 2.0.4, 2026-11-23"'
memplot -t 'A "new" <title>' "$bench" >titled.html
is '-t sets the title' "$(field titled.html .title)" '"A \"new\" <title>"'
like '-t is escaped' "$(grep '<title>' titled.html)" '<title>A (&quot;|&#34;)new(&quot;|&#34;) &lt;title&gt;</title>'
memplot --title=Long "$bench" >titled.html
is '--title is -t' "$(field titled.html .title)" '"Long"'
is 'without --utc times are local' "$(field page.html .utc)" false
memplot --utc "$memory" "$bench" "$server" >utc.html
is '--utc is one word of difference' "$(field utc.html .utc)$(sed 's/"utc":true/"utc":false/' utc.html | cksum)" \
    "true$(cksum <page.html)"
exits '-o writes a file' 0 memplot -o made.html "$memory" "$bench" "$server"
same '-o writes the same' made.html page.html
is '-o writes nothing to stdout' "$(cat "$out_file")" ''
exits '-o into a folder that is not there' 3 memplot -o no/made.html "$memory"
is 'names it' "$(cat "$err_file")" 'memplot: no/made.html: cannot write: No such file or directory'
cp "$memory" kept.jsonl
ln -s kept.jsonl link.jsonl
for out in kept.jsonl link.jsonl; do
    exits "-o $out, which is read" 3 memplot -o "$out" "$bench" kept.jsonl
    is "-o $out: says so" "$(cat "$err_file")" "memplot: $out: cannot write: it is an input, too"
    same "-o $out: it is as it was" kept.jsonl "$memory"
done
exits 'nor is the picture added to its recording' 3 sh -c 'memplot -f text <kept.jsonl >>kept.jsonl'
same 'which is as it was' kept.jsonl "$memory"
exits '--output is -o' 0 memplot --output=long.html --utc "$bench"
exits '-f html' 0 memplot -f html "$bench"
exits '--format html' 0 memplot --format html "$bench"
exits '-f of an unknown format' 2 memplot -f gif "$bench"
like '-f of an unknown format is named' "$(cat "$err_file")" '^memplot: -f gif: should be html, svg, trace or text$'
printf 'ram_bands:\n  green: 0.75\n  orange: 0.5\n' >config.yaml
memplot -C config.yaml "$memory" >banded.html
is '-C reads a configuration' "$(field banded.html .bands.green)" 0.75
memplot --config config.yaml "$memory" >banded.html
is '--config is -C' "$(field banded.html .bands.green)" 0.75
MLXK_BENCH_CONFIG=config.yaml memplot "$memory" >banded.html
is 'so does MLXK_BENCH_CONFIG' "$(field banded.html .bands.orange)" 0.5
gpus() { # NAMES: a recording on a machine with them
    printf '{"ts":1,"elapsed_s":0,"ram_free_gb":1,"session":{"gpus":[%s]}}\n' "$1" | memplot >gpus.html
    field gpus.html .gpu
}
is 'a GPU is named' "$(gpus '{"name":"H"}')" '"H"'
is 'two of a kind are counted' "$(gpus '{"name":"H"},{"name":"H"}')" '"2 x H"'
is 'others are counted, too' "$(gpus '{"name":"H"},{"name":"I"},{"memory_total_gb":3}')" '"H and 2 other GPUs"'
is 'a GPU without a name has none' "$(gpus '{"memory_total_gb":3},{"name":"I"}')" null
echo 'ram_band: {}' >wrong.yaml
exits 'an unknown key of the configuration' 2 memplot -C wrong.yaml "$memory"
like 'it is named with its place' "$(cat "$err_file")" '^memplot: wrong.yaml:1:.*ram_band'
exits '-h' 0 memplot -h
like '-h prints the usage' "$(head -n 1 "$out_file")" '^usage: memplot \[-C file\]'
exits '--help' 0 memplot --help
exits '--version' 0 memplot --version
like '--version' "$(cat "$out_file")" '^memplot [0-9]+\.[0-9]+\.[0-9]+$'
exits 'an unknown option' 2 memplot --nope
like 'an unknown option shows the usage' "$(cat "$err_file")" 'usage: memplot'
exits 'an option without its argument' 2 memplot -t

# ---- The page's static picture
figure() { sed -n '/<figure id="static">/,/<\/figure>/p' "$1"; }
is 'the page has a picture' "$(figure page.html | grep -c '<svg class="mp"')" 1
is 'the picture in it has no style of its own, which the policy would forbid' "$(figure page.html | grep -c '<style\|style=')" 0
is 'no id is there twice' "$(grep -o ' id="[^"]*"' page.html | sort | uniq -d)" ''
is 'each of its references is to itself' "$(figure page.html | grep -o 'url([^)]*)' | sort -u)" 'url(#mp-hatch)'

# ---- SVG
memplot -f svg "$memory" "$bench" "$server" >page.svg
[ "$(wc -c <page.svg)" -le 200000 ]
is 'a picture of a short run is at most 200 kB' $? 0
is 'the same input gives the same picture' "$(memplot -f svg "$memory" "$bench" "$server" | cksum)" "$(cksum <page.svg)"
if command -v xmllint >/dev/null; then
    ok 'it is well-formed XML' xmllint --nonet --noout page.svg
else
    skip 'it is well-formed XML' 'no xmllint'
fi
is 'it refers to nothing outside' \
    "$(grep -cE 'href|@import|url\([^#]|<script|<image|<foreignObject|onload' page.svg)" 0
is 'its only address names the format' "$(grep -oE 'https?:[^"]*' page.svg)" 'http://www.w3.org/2000/svg'
is 'it has all rows' "$(grep -oE '>(Memory|CPU|GPU), [^<]*' page.svg)" ">Memory, GB
>CPU, %
>GPU, %"
is 'it names the failed test' "$(grep -c 'class="failed".*known_regression' page.svg)" 1
like 'it is hatched' "$(cat page.svg)" 'url\(#mp-hatch\)" fill-opacity="[.0-9]*" d="M'
like 'it has the colours of the dark' "$(cat page.svg)" 'prefers-color-scheme: dark'
like 'it says what time it shows' "$(cat page.svg)" '>UTC</text>'
legend_of() { sed '/<defs>/,$d' "$1" | grep -o ' y="[0-9]*">[^<]*</text>' | sed 's/.*">//; s|</text>||' | tr '\n' ';'; }
is 'its legend tells of each line, and of what lies behind them' "$(legend_of page.svg | sed 's/^.*skipped;RAM/RAM/')" \
    'RAM free (GB);GPU memory (GB);User (%);System (%);Load 1 min;Device (%);Power (W);over 62.9 GB free;over 31.5 GB;less;test with a model;without;✗ failed;passed;skipped;model loading;in RAM;'
is 'a right axis says what it is of' "$(grep -oE 'text-anchor="end">(Load|Power|Swap)[^<]*' page.svg | sed 's/.*>//' | tr '\n' ';')" 'Load 1 min;Power, W;'
# Rotated names: translate(x y), sorted by row and x, are at least a line apart.
is 'no two names overlap' "$(sed -n 's/.*translate(\([0-9]*\) \([0-9]*\))rotate(-90).*/\2 \1/p' page.svg | sort -n -k1,1 -k2,2 |
    awk '$1 == y && $2 - x < 11 { n++ } { y = $1; x = $2 } END { print n + 0, (NR > 20) }')" '0 1'
memplot -f svg -t "$(printf 'long %.0s' 1 2 3 4 5 6 7 8 9)$(printf '%0500d' 0)" "$bench" >titled.svg
is 'a title that is too long is cut in its middle, but for readers of the screen' "$(sed -n 's/.*font-weight="600">\([^<]*\)<.*/\1/p' titled.svg | awk '{ print (length < 140), /^long .*…0*$/ }') $(sed -n 's|.*<title[^>]*>\(.*\)</title>|\1|p' titled.svg | awk '{ print length }')" '1 1 545'
memplot -f svg "$bench" >tests.svg
is 'tests alone have names and no rows' "$(grep -c 'rotate(-90)' tests.svg | awk '{ print ($1 > 20) }') $(grep -c 'Memory' tests.svg)" '1 0'
awk 'BEGIN { for (i = 0; i < 40000; i++)
    printf "{\"ts\":%d,\"elapsed_s\":%d,\"ram_free_gb\":%s}\n", 1000 + i, i, i == 31337 ? 3 : 20 + i % 5 }' >peak.jsonl
memplot -f svg peak.jsonl >peak.svg
# Several threads, if there are several processors, and ends of their blocks elsewhere
cat "$bench" peak.jsonl "$server" peak.jsonl "$memory" >long.jsonl
memplot long.jsonl >long.html 2>/dev/null
dd if=long.jsonl bs=7000 2>/dev/null | memplot >pieces.html 2>/dev/null
same 'a long recording is the same in pieces of any size' long.html pieces.html
# 150 px are 0..25 GB, so 3 GB is 132 px below the upper edge of the row: in tenths, where the row's own is told by its axis.
is 'the one sample in 40000 that is low is seen' "$(grep -o 'M[0-9]* [0-9]*h0' peak.svg | sed 's/.* //; s/h0//' | sort -n | tail -n 1 |
    awk -v top="$(sed -n 's/.*<text x="47" y="\([0-9]*\)">25<.*/\1/p' peak.svg)" '{ d = $1 / 10 - (top - 4); print (d > 131 && d < 133) }')" 1
{
    echo '{"ts":1,"elapsed_s":0,"ram_free_gb":1}'
    awk 'BEGIN { for (i = 0; i < 20; i++) printf "{\"test\":\"t.py::test_%d\",\"outcome\":\"passed\",\"schema_version\":\"0.2.2\",\"test_start_ts\":%d,\"test_end_ts\":%d}\n", i, i, i + 5 }'
} >parallel.jsonl
memplot parallel.jsonl >parallel.html
is 'tests that ran at once have lanes' "$(grep -c 'id="test.lane"' parallel.html) $(grep -c 'id="test.lane"' page.html)" '1 0'
is 'and are drawn in them' "$(memplot -f svg parallel.jsonl | grep '#34a853' | grep -o 'M[0-9.]* [0-9]*H' | sed 's/.* //' | sort -u | wc -l | tr -d ' ')" 5

# ---- Several GPUs
awk 'BEGIN { for (i = 0; i < 100; i++)
    printf "{\"ts\":%d,\"elapsed_s\":%d,\"gpu_device_util\":%d,\"gpu_mem_used_gb\":3,\"gpus\":[{\"gpu_device_util\":%d,\"gpu_mem_used_gb\":1},{\"gpu_device_util\":%d,\"gpu_mem_used_gb\":2}]%s}\n",
        1000 + i, i, i, i, i / 2, i ? "" : ",\"session\":{\"gpus\":[{\"name\":\"A\"},{\"name\":\"B\"}]}" }' >gpus.jsonl
memplot gpus.jsonl >gpus.html
is 'each GPU has its name and columns' "$(field gpus.html '[.gpus[] | {name, columns}]')" \
    '[{"name":"A","columns":{"gpu_device_util":"gpu.0.gpu_device_util","gpu_mem_used_gb":"gpu.0.gpu_mem_used_gb"}},{"name":"B","columns":{"gpu_device_util":"gpu.1.gpu_device_util","gpu_mem_used_gb":"gpu.1.gpu_mem_used_gb"}}]'
is 'which are there' "$(grep -o 'id="gpu\.[01]\.[a-z_]*"' gpus.html | wc -l | tr -d ' ')" 4
is 'a single GPU has none of that' "$(field page.html .gpus)" '[]'
is 'in the picture they are thin lines' "$(memplot -f svg gpus.jsonl | grep -c 'stroke-width="8"')" 2
is 'and told in the legend' "$(memplot -f svg gpus.jsonl | grep -oE '>GPU ([0-9]|mean)[^<]*' | tr -d '\n')" '>GPU mean (%)>GPU 0>GPU 1'
is 'each in its shade, which is the page'"'"'s' \
    "$(memplot -f svg gpus.jsonl | grep -oE '<g class="s[0-9]+" color="[^"]*"' | tr '\n' ' ')" \
    "$(field gpus.html '.gpus' | jq -r '[.[], .[]] | map(.shades[0]) | to_entries[] | "<g class=\"s\(if .key % 2 == 0 then 0 else 15 end)\" color=\"\(.value)\""' | tr '\n' ' ')"
awk 'BEGIN { printf "{\"ts\":9,\"elapsed_s\":0,\"gpu_device_util\":3,\"gpus\":["
    for (i = 0; i < 16; i++) printf "%s{\"gpu_device_util\":%d}", i ? "," : "", i
    print "]}" }' | memplot >shades.html
is 'on dark ground the picture'"'"'s shades are the page'"'"'s, too' "$(sed -n 's/^\.mp \.s[0-9]* { color: \(#[0-9a-f]*\); }$/\1/p' "$top/memplot/web/svg.css")" \
    "$(field shades.html '.gpus[].shades[1]' | tr -d '"')"
is 'in a trace each has a counter' \
    "$(memplot -f trace gpus.jsonl | jq -r '[.traceEvents[] | select(.ph == "C") | .name] | unique | map(select(test("GPU [01]"))) | join(",")')" \
    'GPU 0 Device,GPU 0 GPU memory,GPU 1 Device,GPU 1 GPU memory'
like 'as text there is their mean' "$(memplot -f text gpus.jsonl)" '^GPU mean .* 0\.\.74 %'
like 'and the greatest of them' "$(memplot -f text gpus.jsonl)" '^GPU max .* 0\.\.99 %'

# ---- Equal columns
awk 'BEGIN { for (i = 0; i < 9; i++) printf "{\"ts\":%d,\"elapsed_s\":%d,\"cpu_user\":%d,\"cpu_sys\":%d,\"zombies\":%d}\n", i, i, i, i, 9 - i }' |
    memplot >equal.html
is 'an equal column is stored once' "$(grep -o '<script type="text/plain" id="[a-z_]*" data-same="[a-z_]*"></script>' equal.html)" \
    '<script type="text/plain" id="cpu_sys" data-same="cpu_user"></script>'

# ---- Trace
memplot -f trace "$memory" "$bench" "$server" >trace.json
events() { jq -c "[.traceEvents[] | $1]" trace.json; }
ok 'a trace is JSON' jq -e . trace.json
# shellcheck disable=SC2016  # jq's variables
is 'with what the format asks of each kind of event' "$(events 'select(
    (.name | type != "string") or (.pid | type != "number") or (.tid | type != "number") or
    (.ph as $ph | ["M", "C", "X", "b", "e", "i"] | index($ph) == null) or
    (.ph != "M" and (.ts | type != "number" or . != floor or . < 0)) or
    (.ph == "C" and (.args | length == 0 or any(.[]; type != "number"))) or
    (.ph == "M" and (.args | length != 1)) or
    (.ph == "i" and (.s as $s | ["g", "p", "t"] | index($s) == null)) or
    (.ph == "X" and (.dur | type != "number" or . != floor or . < 1)) or
    ((.ph == "b" or .ph == "e") and ((.cat | type != "string") or (.id | type != "string"))))')" '[]'
# shellcheck disable=SC2016
is 'each slice that begins ends, at its time or later, before the next of its id begins' "$(events 'select(.ph == "b" or .ph == "e")' |
    jq -c '[group_by([.cat, .id])[] | sort_by(.ts) as $e | range(0; $e | length; 2) |
        select($e[.].ph != "b" or $e[. + 1].ph != "e" or $e[.].name != $e[. + 1].name)]')" '[]'
# shellcheck disable=SC2016
is 'slices of one thread do not overlap' "$(events 'select(.ph == "X")' |
    jq -c '[group_by([.pid, .tid])[] | sort_by(.ts) as $e | range(1; $e | length) | select($e[. - 1].ts + $e[. - 1].dur > $e[.].ts)]')" '[]'
is 'all tests are in it' "$(events 'select(.cat == "test")' | jq length)" 56
is 'with what is known of them' "$(events 'select(.cat == "test" and .args.outcome == "failed") | .args.test')" \
    '["test_live.py::test_known_regression"]'
is 'user and system time are one counter' "$(events 'select(.ph == "C" and .name == "CPU (%)") | .args | keys' | jq -c 'unique')" \
    '[["system","user"]]'
is 'processes have names' "$(events 'select(.name == "process_name") | .args.name')" '["Machine","Tests","Models in RAM"]'
is 'it says when it began' "$(jq -r .otherData.start trace.json)" 2026-11-23T01:49:03.566000Z
is 'and that is zero' "$(events 'select(.ph != "M") | .ts' | jq min)" 0
is 'the greatest value of a counter is the data'"'"'s' "$(events 'select(.name == "GPU Power") | .args.W' | jq max)" \
    "$(jq -s 'map(.gpu_power_w // 0) | max' "$memory")"

# ---- Text
text() { COLUMNS=80 memplot -f text "$@"; }
text "$memory" "$bench" "$server" >page.txt
is 'text is ASCII without a locale' "$(LC_ALL=C tr -d '\012\040-\176' <page.txt)" ''
is 'no line is longer than asked for' "$(awk 'length > 80' page.txt)" ''
like 'it has free RAM with its range' "$(cat page.txt)" '^RAM free  \|[#:._ ]{48}\| 114\.\.125 GB$'
like 'it names the failed test' "$(cat page.txt)" '^X 01:52:38 test_live.py::test_known_regression, 0.824 ms$'
is 'swap that nobody used is left out' "$(grep -c '^Swap' page.txt)" 0
LC_ALL=C.UTF-8 COLUMNS=80 memplot -f text "$memory" "$bench" "$server" >utf8.txt
is 'in a UTF-8 locale it has blocks' "$(grep -c '█' utf8.txt | awk '{ print ($1 > 0) }')" 1
is 'LANG is asked after LC_ALL and LC_CTYPE' "$(env -u LC_ALL LC_CTYPE=C LANG=C.UTF-8 COLUMNS=80 memplot -f text "$memory" "$bench" "$server" | cksum)" "$(cksum <page.txt)"
is 'LANG alone will do' "$(env -u LC_ALL LANG=en_GB.utf8 COLUMNS=80 memplot -f text "$memory" "$bench" "$server" | cksum)" "$(cksum <utf8.txt)"
is '--ascii is ASCII all the same' "$(LC_ALL=C.UTF-8 COLUMNS=80 memplot -f text --ascii "$memory" "$bench" "$server" | cksum)" "$(cksum <page.txt)"
is 'the width is 80 without COLUMNS' "$(env -u COLUMNS memplot -f text "$memory" "$bench" "$server" | cksum)" "$(cksum <page.txt)"
is 'COLUMNS sets it' "$(COLUMNS=120 memplot -f text "$memory" | grep '^CPU ' | cut -d '|' -f 2 | awk '{ print length }')" 88
is 'the peak of one sample in 40000 is seen' "$(text peak.jsonl | grep -c '[#:._]| 3\.\.24 GB')" 1
is 'and so is where' "$(text peak.jsonl | sed -n 's/^          |\(.*\)|$/\1/p' | head -n 2 | tail -n 1 | tr -d '#_.' | tr -d '\n' | wc -c | tr -d ' ')" 1
printf '%s\n' '{"ts":1,"elapsed_s":0,"ram_free_gb":1,"memory_pressure":1}' '{"ts":2,"elapsed_s":1,"ram_free_gb":1,"memory_pressure":2}' \
    '{"ts":3,"elapsed_s":2,"ram_free_gb":1,"memory_pressure":4}' '{"ts":4,"elapsed_s":3,"ram_free_gb":1,"memory_pressure":1}' >pressed.jsonl
like 'pressure is marked' "$(text pressed.jsonl)" '^Pressure  \| +w+C+ *\| w warn, C critical$'
for columns in 1 20 33 40 55 56 60 132 200; do
    COLUMNS=$columns memplot -f text "$memory" "$bench" "$server" >wide.txt
    is "no line is longer than $columns columns, or 20, but for a test's name" \
        "$(awk -v most="$columns" 'length > (most < 20 ? 20 : most)' wide.txt | grep -v '^X ')" ''
    is 'and the rows are as long as that' "$(grep -c '^ *|.*|$' wide.txt) $(awk '/^ *[|].*[|]$/ { print length }' wide.txt | sort -u | wc -l | tr -d ' ')" "$([ "$columns" -lt 56 ] && echo 11 || echo 6) 1"
done
is 'where a row has no room beside its label, that stands above' "$(COLUMNS=40 memplot -f text "$memory" | sed -n '/^RAM/,$p' | cut -c 1-16 | sed -n 1,2p | tr '\n' ' ')" \
    "RAM free 114..12 |$(COLUMNS=40 memplot -f text "$memory" | sed -n '/^RAM/,$p' | sed -n 2p | cut -c 2-16) "
jq -cn 'range(3) | {ts: (1795398543 + . / 5), elapsed_s: (. / 5), ram_free_gb: 4}' >sparse.jsonl
is 'samples far apart are joined' "$(text sparse.jsonl | grep -c '#\{48\}') $(text sparse.jsonl | grep '^RAM')" "3 RAM free  |$(printf '%48s' '' | tr ' ' '#')| 4 GB"
every_tick() { # FILE: has each tick its time?
    text "$@" | awk '/^ *[+]/ { ticks = gsub(/[+]/, "") - 2 } /UTC$/ { print (ticks == NF - 1), (ticks > 1) }'
}
head -n 100 "$memory" >seconds.jsonl
is 'every tick has its time: three samples' "$(every_tick sparse.jsonl)" '1 1'
is 'every tick has its time: 20 s' "$(every_tick seconds.jsonl)" '1 1'
is 'every tick has its time: four minutes' "$(every_tick "$memory")" '1 1'
is 'every tick has its time: 11 h' "$(every_tick peak.jsonl)" '1 1'
is 'and told' "$(memplot -f svg pressed.jsonl | grep -oE 'memory pressure: warn|>critical')" 'memory pressure: warn
>critical'
is 'also if there is the worst alone' "$(sed '/sure":2/d' pressed.jsonl | memplot -f svg | grep -oE 'memory pressure: [a-z]*')" 'memory pressure: critical'
like 'and drawn' "$(memplot -f svg pressed.jsonl)" '#ffcc00" fill-opacity=".15" d="M[0-9].*'

# ---- Titles
{
    cat "$bench"
    sed 's/"2\.0\.4"/"2.0.5"/' "$bench"
} >two.jsonl
memplot two.jsonl >two.html
is 'two versions are in the title' "$(field two.html .title)" '"Timeline of 2.0.4 and 2.0.5, 2026-11-23"'
for v in 3 4 5 6; do sed "s/\"2\\.0\\.4\"/\"$v.0.0\"/" "$bench"; done | memplot >two.html
is 'of many the first three' "$(field two.html .title)" '"Timeline of 3.0.0, 4.0.0, 5.0.0 and others, 2026-11-23"'

# ---- Bad input
exits 'empty input' 1 memplot /dev/null
is 'empty input is named' "$(cat "$err_file")" 'memplot: no samples and no tests in the input'
echo '{"summary": {"samples": 3}}' >summary.jsonl
exits 'only a summary' 1 memplot -o none.html summary.jsonl
is 'it leaves no file' "$(ls none.html 2>/dev/null)" ''
exits 'a missing file' 3 memplot missing.jsonl
like 'a missing file is named' "$(cat "$err_file")" '^memplot: missing.jsonl: '
exits 'a missing file beside a good one' 3 memplot missing.jsonl "$bench"
is 'the good one is drawn' "$(field "$out_file" .tests)" 56
head -c 100000 /dev/urandom >garbage
exits 'binary garbage' 1 memplot garbage
{ cat garbage && echo && cat "$bench"; } >mixed.jsonl
exits 'garbage before good lines' 0 memplot mixed.jsonl
is 'the good lines are drawn' "$(field "$out_file" .tests)" 56
exits '--strict minds bad lines' 1 memplot --strict mixed.jsonl
is '--strict draws all the same' "$(field "$out_file" .tests)" 56
exits '--strict is content with a good run' 0 memplot --strict all.jsonl
sed "s/\$/$(printf '\r')/" "$bench" >crlf.jsonl
exits 'CRLF' 0 memplot --strict crlf.jsonl
is 'CRLF is read' "$(field "$out_file" .tests)" 56
{ printf '\357\273\277' && cat "$bench"; } >bom.jsonl
exits 'a byte order mark' 0 memplot --strict bom.jsonl
is 'a byte order mark is passed over' "$(field "$out_file" .tests)" 56
printf %s "$(cat "$bench")" >unended.jsonl
memplot --strict unended.jsonl >unended.html
is 'a last line without its end is read' "$(field unended.html .tests)" 56
head -c 20000 "$bench" >cut.jsonl
exits 'a truncated last line is no error' 0 memplot --strict cut.jsonl
like 'but is named' "$(cat "$err_file")" '^memplot: cut.jsonl:[0-9]+:'

# ---- Odd data
printf '%s\n' '{"ts":10,"elapsed_s":0,"ram_free_gb":4}' '{"ts":11,"elapsed_s":1,"ram_free_gb":5}' \
    '{"ts":12,"elapsed_s":2,"ram_free_gb":6}' >three.jsonl
exits 'three samples' 0 memplot three.jsonl
is 'no series without data' "$(field "$out_file" '[.series[].key]')" '["ram_free_gb"]'
printf '%s\n' '{"ts":"1970-01-01T01:00:11+01:00","event":"model_load","model":"m"}' |
    memplot --strict three.jsonl - >rfc.html
like 'the time of an event may be RFC 3339' "$(cat rfc.html)" 'id="region.start"'
printf '%s\n' '{"ts":11,"level":"INFO","msg":"Loading vision model: org/pixtral"}' | memplot three.jsonl - >rule.html
is 'a log line loads a model' "$(grep -c 'id="region.start"' rule.html) $(field rule.html '.names[0]')" '1 "org/pixtral"'
printf 'events:\n  - {event: mark, match: "^checkpoint (.*)", label: "\\\\1"}\n' >events.yaml
printf '%s\n' '{"ts":11,"level":"INFO","msg":"checkpoint two"}' | memplot -C events.yaml three.jsonl - >rule.html
is 'a rule of the configuration makes a mark' "$(grep -c 'id="mark.ts"' rule.html) $(field rule.html '.names[0]')" '1 "two"'
printf '%s\n' '{"ts":-5,"elapsed_s":0,"ram_free_gb":4}' '{"ts":1e300,"elapsed_s":1}' '{"ts":9,"elapsed_s":2,"ram_free_gb":1e300}' \
    '{"ts":10,"elapsed_s":3,"ram_free_gb":-4}' >huge.jsonl
exits 'impossible times are bad lines' 1 memplot --strict huge.jsonl
is 'the others are drawn' "$(field "$out_file" '[.samples, .start, .end]')" '[2,9,10]'
like 'and named' "$(cat "$err_file")" "^memplot: huge.jsonl:1: the sample's 'ts' is not a time between the years 1970 and 9999"
memplot "$memory" "$memory" >twice.html 2>twice.err
is 'what comes twice is drawn once' "$(field twice.html .samples)" 1096
like 'and said' "$(cat twice.err)" '1096 samples came twice'
is 'and that is all: it is no other recording' "$(wc -l <twice.err | tr -d ' ')" 1
is 'and it makes the same page' "$(memplot "$memory" | cksum)" "$(cksum <twice.html)"
later() { jq -c "select(.ts) | .ts += $1" "$memory"; }
later 50 | memplot "$memory" - 2>&1 >within.html | grep begin >within.err
is 'a recording within another is said' "$(cat within.err)" \
    'memplot: warning: 1 recording begins before an earlier one ends; the samples of both are drawn as one line'
{ later 50 && later 100; } | memplot "$memory" - 2>&1 >within.html | grep begin >within.err
like 'and several' "$(cat within.err)" '2 recordings begin before an earlier one ends; the samples of all'
memplot "$bench" "$bench" >twice.html 2>twice.err
memplot "$bench" >once.html
is 'tests that come twice are drawn once' "$(field twice.html .tests)" "$(field once.html .tests)"
is 'and make the same page' "$(cmp once.html twice.html)" ''
is 'and are said' "$(cat twice.err)" "memplot: warning: $(field once.html .tests) tests came twice, drawn once"
# Of one time: a, b, a again, and b, which then ended otherwise.
jq -cn '("a passed", "b passed", "a passed", "b failed") | split(" ") | {schema_version: "0.2.2", timestamp: "2026-11-23T01:00:10Z", duration: 4,
    mlx_knife_version: "1.0.0", test: "t.py::test_\(.[0])", outcome: .[1]}' >same-time.jsonl
memplot same-time.jsonl >same-time.html 2>same-time.err
is 'of tests of one time those alone that say the same' "$(field same-time.html .tests) $(cat same-time.err)" \
    '3 memplot: warning: 1 test came twice, drawn once'
printf '%s\n' '{"schema_version":"0.1.0","timestamp":"2026-11-23T01:00:10Z","duration":4,"mlx_knife_version":"1.0.0","test":"a.py::test_old","outcome":"passed"}' >old.jsonl
memplot old.jsonl >old.html
is 'an old test ended at its timestamp' "$(field old.html '[.start, .end]')" '[1795395606,1795395610]'
jq -cn '{schema_version: "0.2.2", timestamp: "2026-11-23T01:00:10Z", duration: 4, mlx_knife_version: "1.0.0",
    test: "a.py::test_</script><img src=x onerror=alert(1)>\"'\''\n\u2028[x]", outcome: "failed",
    model: {id: ("<!--<script>" + "m" * 10000)}}' >hostile.jsonl
exits 'hostile names' 0 memplot --strict hostile.jsonl
cp "$out_file" hostile.html
is 'no name opens a tag' "$(grep -c '<img\|<!--' hostile.html)" 0
for format in svg text trace; do
    exits "hostile names as $format" 0 memplot -f $format --strict hostile.jsonl
    cp "$out_file" hostile.$format
done
is 'no name opens a tag of the picture' "$(grep -c '<img\|<!--\|</script' hostile.svg)" 0
is 'no name drives the terminal' "$(LC_ALL=C tr -d '\012\040-\176' <hostile.text)" ''
is 'no name is lost in a trace' "$(jq '[.traceEvents[] | select(.cat == "test") | .args.test][0]' hostile.trace)" "$(jq .test hostile.jsonl)"
is 'no name ends the data' "$(field hostile.html '.names[0]')" "$(jq -c .test hostile.jsonl)"

# ---- What cannot be is absent
printf '{"ts":%s,"elapsed_s":%s,"ram_free_gb":%s,"cpu_user":%s,"gpus":[{"gpu_device_util":%s}]}\n' 1000 0 10 4 1 1001 1 -3 4000 101 >cannot.jsonl
is 'negative amounts and shares above 100 %' "$(memplot -f svg cannot.jsonl | grep -o '>[0-9.kM-]*</text>' | tr -d '\n')" \
    '>0</text>>2</text>>4</text>>6</text>>8</text>>10</text>>0</text>>20</text>>40</text>>60</text>>80</text>>100</text>'
printf '{"test":"t%s","outcome":"passed","test_start_ts":1000,"test_end_ts":1001,"model":{"id":"/w/qwen%s"}}\n' 1 '' 2 / >slash.jsonl
is 'a slash at the end makes no other model' "$(memplot -f trace slash.jsonl | grep -o '/w/qwen/*' | sort -u)" /w/qwen

# ---- Odd pictures
printf '%s\n' '{"ts":1000,"elapsed_s":0,"ram_free_gb":5,"cpu_user":3}' >one.jsonl
like 'one sample stands in the middle' "$(memplot -f svg one.jsonl)" 'stroke="#[0-9a-f]*"[^>]*d="M6020 [0-9]*m-15 0h30"'
is 'the time at the edge stands with its zone' "$(memplot -f svg sparse.jsonl | grep -o '>01:49:[0-9.]*[^<]*' | tail -n 1)" '>01:49:03.40 UTC'
is 'no time stands in another word' "$(memplot -f svg one.jsonl | grep -o '<text x="11[0-9]*" y="[0-9]*">[^<]*' | grep -vc 'UTC$')" 0
printf '%s\n' '{"ts":1000.1234567,"elapsed_s":0,"ram_free_gb":1}' '{"ts":1000.1234587,"elapsed_s":0.000002,"ram_free_gb":2}' >close.jsonl
is 'no time stands twice' "$(memplot -f svg close.jsonl | grep -o '>00:16:40[.0-9]*' | sort | uniq -d)" ''
printf '%s\n' '{"ts":1000,"elapsed_s":0,"ram_free_gb":9e11}' '{"ts":1001,"elapsed_s":1,"ram_free_gb":4e11}' >large.jsonl
like 'large numbers have room' "$(memplot -f svg large.jsonl)" '>1\.0T</text>'
printf '%s\n' '{"ts":1000,"event":"model_load","model":"before"}' '{"ts":1500,"event":"model_load","model":"in"}' \
    '{"ts":3000,"event":"model_load","model":"after"}' '{"ts":1400,"elapsed_s":0,"ram_free_gb":1}' \
    '{"ts":2000,"elapsed_s":600,"ram_free_gb":1}' >models.jsonl
is 'models in RAM have names' "$(memplot -f svg models.jsonl | sed -n 's|.*rotate(-90)">\([^<]*\)</text>|\1|p' | tr '\n' ' ')" 'before in '
awk 'BEGIN { printf "{\"ts\":9,\"elapsed_s\":0,\"gpus\":["; for (i = 0; i < 100000; i++) printf "%s{\"gpu_device_util\":%d}", i ? "," : "", i % 100; print "]}" }' >many.jsonl
for format in svg html trace text; do exits "very many GPUs as $format" 0 memplot --strict -f $format many.jsonl; done

# ---- Bad output
if [ -c /dev/full ]; then
    # shellcheck disable=SC2016  # $0 is the inner shell's
    exits 'a full disk' 3 sh -c 'memplot "$0" >/dev/full' "$bench"
    is 'a full disk is named' "$(cat "$err_file")" \
        'memplot: (standard output): cannot write: No space left on device'
    exits '-h on a full disk' 3 sh -c 'memplot -h >/dev/full'
else
    skip 'a full disk' 'no /dev/full'
fi
exits '-o of a folder that is not there' 3 memplot -o no/such/file.html "$bench"
{
    memplot "$memory" "$bench" 2>pipe.err
    echo $? >pipe.status
} | head -n 1 >/dev/null
is 'a closed pipe' "$(cat pipe.status)" 3
echo old >kept.html
exits 'a run that fails' 1 memplot -o kept.html /dev/null
is 'leaves the file that was there' "$(cat kept.html)" old
memplot "$memory" >page.html
like 'the page has the whole notice of what is in it' "$(sed -n '/>\/\* uPlot /,/\*\/$/p' page.html)" '^The above copyright notice and this permission notice shall be included in all copies'

# ---- Several machines and commands ----
for k in 0 1; do
    set -- BIG 128 0 SMALL 16 7
    shift $((3 * k))
    printf '{"ts":17953985%s0,"elapsed_s":0,"ram_free_gb":10,"ram_total_gb":%s,"session":{"hostname":"%s","chip":"M2","ram_total_gb":%s,"command":"run %s"}}\n' \
        "$((4 + k))" "$2" "$1" "$2" "$1"
    printf '{"summary":{"exit_code":%s,"command":"run %s","timestamp":"2026-11-23T01:49:%s1Z"}}\n' "$3" "$1" "$k"
done >"$tmp/machines.jsonl"
picture=$(memplot -f svg "$tmp/machines.jsonl")
like "of several machines one is named, and that there are others" "$picture" '>BIG and others · M2 · '
like "each machine's RAM has bands of its own" "$picture" '>over 50 % free<'
facts() { grep -o '"others":.*"ram_total_gb":[0-9]*'; }
is "the page knows that one of two commands failed" "$(memplot "$tmp/machines.jsonl" | facts)" \
    '"others":["hostname","command","ram_total_gb"],"commands":2,"commands_failed":1,"exit_code":null,"ram_total_gb":128'
is "whichever comes first" "$(sed -n '4p;3p;2p;1p' "$tmp/machines.jsonl" | memplot | facts)" "$(memplot "$tmp/machines.jsonl" | facts)"
is "and of one command its status" "$(tail -n 2 "$tmp/machines.jsonl" | memplot | facts)" \
    '"others":[],"commands":1,"commands_failed":1,"exit_code":7,"ram_total_gb":16'
finish
