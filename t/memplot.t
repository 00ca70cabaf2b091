#!/bin/sh
# memplot from end to end: options, exit statuses, bad input and bad output.
. "${0%/*}/tap.sh"
run=$top/reports/2026-11-23-v2.0.4
memory=$run-memory.jsonl bench=$run.jsonl server=$run-server.jsonl
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
    "default-src 'none'; script-src 'sha256-[^']*'; style-src 'sha256-[^']*'"
is 'nothing is fetched' "$(grep -cE '(src|href)=|@import|url\(|https?:' page.html)" 0
is 'the first and only policy names the script that is there' \
    "$(sed -n "s/.*script-src 'sha256-\([^']*\)'.*/\1/p" page.html)" \
    "$(perl -MDigest::SHA=sha256_base64 -0777 -ne 'm{<script>(.*)</script>}s and print sha256_base64($1), "="' page.html)"
[ "$(wc -c <page.html)" -le 250000 ]
is 'a page of a short run is at most 250 kB' $? 0
like 'the tests are there without script' "$(sed -n '/<noscript>/,/<\/noscript>/p' page.html)" \
    'class=failed>.*test_known_regression'
cat "$server" "$bench" "$memory" >all.jsonl
memplot all.jsonl >all.html
is 'the order of records does not matter' "$(field all.html '[.samples, .tests, .start, .end, .step]')" \
    "$(field page.html '[.samples, .tests, .start, .end, .step]')"
memplot <all.jsonl >stdin.html
same 'standard input is read without a file' all.html stdin.html
memplot - <all.jsonl >stdin.html
same 'standard input is read for -' all.html stdin.html

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
exits '--output is -o' 0 memplot --output=long.html --utc "$bench"
exits '-f html' 0 memplot -f html "$bench"
exits '--format html' 0 memplot --format html "$bench"
exits '-f of an unknown format' 2 memplot -f gif "$bench"
like '-f of an unknown format is named' "$(cat "$err_file")" '^memplot: no such format: gif'
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
like '-h prints the usage' "$(head -n 1 "$out_file")" '^usage: memplot \[-f format\]'
exits '--help' 0 memplot --help
exits '--version' 0 memplot --version
like '--version' "$(cat "$out_file")" '^memplot [0-9]+\.[0-9]+\.[0-9]+$'
exits 'an unknown option' 2 memplot --nope
like 'an unknown option shows the usage' "$(cat "$err_file")" 'usage: memplot'
exits 'an option without its argument' 2 memplot -t

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
like 'and named' "$(cat "$err_file")" '^memplot: huge.jsonl:1: sample has no time between the years 1970 and 9999'
memplot "$memory" "$memory" >twice.html 2>twice.err
is 'what comes twice is drawn once' "$(field twice.html .samples)" 1096
like 'and said' "$(cat twice.err)" '1096 samples came twice'
printf '%s\n' '{"schema_version":"0.1.0","timestamp":"2026-11-23T01:00:10Z","duration":4,"mlx_knife_version":"1.0.0","test":"a.py::test_old","outcome":"passed"}' >old.jsonl
memplot old.jsonl >old.html
is 'an old test ended at its timestamp' "$(field old.html '[.start, .end]')" '[1795395606,1795395610]'
jq -cn '{schema_version: "0.2.2", timestamp: "2026-11-23T01:00:10Z", duration: 4, mlx_knife_version: "1.0.0",
    test: "a.py::test_</script><img src=x onerror=alert(1)>\"'\''\n\u2028[x]", outcome: "failed",
    model: {id: ("<!--<script>" + "m" * 10000)}}' >hostile.jsonl
exits 'hostile names' 0 memplot --strict hostile.jsonl
cp "$out_file" hostile.html
is 'no name opens a tag' "$(grep -c '<img\|<!--' hostile.html)" 0
is 'no name ends the data' "$(field hostile.html '.names[0]')" "$(jq -c .test hostile.jsonl)"

# ---- Bad output
if [ -c /dev/full ]; then
    # shellcheck disable=SC2016  # $0 is the inner shell's
    exits 'a full disk' 3 sh -c 'memplot "$0" >/dev/full' "$bench"
    like 'a full disk is named' "$(cat "$err_file")" '^memplot: .*[Nn]o space'
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
finish
