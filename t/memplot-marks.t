#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What marks say stands in every picture that memplot draws.
. "${0%/*}/tap.sh"
cd "$tmp" || exit 1

# 100 s of samples, and what is marked in them.
samples() { awk 'BEGIN { for (i = 0; i <= 100; i++) printf "{\"ts\":%d,\"elapsed_s\":%d,\"ram_free_gb\":%d}\n", 1000 + i, i, 40 + i % 7 }'; }
samples >samples.jsonl
marks() { cat samples.jsonl - >"$1"; }
svg() { memplot -f svg "$@"; }
text() { COLUMNS=80 memplot -f text "$@"; }
words() { svg "$@" | sed -n '/<g class="mark"/,/<\/g>/s/^<text [^>]*>\(.*\)<\/text>$/\1/p'; }
listed() { text "$@" | sed '1,/UTC$/d' | grep .; }

# ---- Words at their lines
marks few.jsonl <<'END'
{"ts":1020,"event":"mark","label":"WARMUP"}
{"ts":1050,"event":"mark"}
{"ts":1080,"event":"oom_kill"}
{"ts":1090,"event":"oom_kill","scope":"machine"}
END
is 'a picture has the words of marks, and whole what we say of a kill' "$(words few.jsonl)" 'WARMUP
mark
killed for want of memory
killed for want of memory elsewhere'
lines() { svg few.jsonl | grep '^<path stroke="#0a6cff" .* d="[MV0-9. ]*"/>$' | sed -n "$1p" | tr M '\n' | sed -n 's/\..*//p'; }
is 'each at its line' "$(svg few.jsonl | sed -n '/<g class="mark"/,/<\/g>/s/^<text transform="translate(\([0-9]*\) .*/\1/p' | awk '{ print $1 - 4 }')" \
    "$(lines 1)"
is 'to which another leads' "$(lines 2)" "$(printf '%s\n' 272 602 932 1042)"
is 'as text they are listed' "$(listed few.jsonl)" '* 00:17:00 WARMUP
* 00:17:30 mark
* 00:18:00 killed for want of memory
* 00:18:10 killed for want of memory elsewhere'
is 'and have a row of signs' "$(text few.jsonl | grep '^Marks' | tr -cd '*|')" '|****|'
is 'in Unicode where that is asked for' "$(LC_ALL=C.UTF-8 text few.jsonl | grep -cE '^Marks *│.*◆.*│$|^◆ 00:17:00 WARMUP$')" 2
is 'in narrow lines, too' "$(COLUMNS=40 memplot -f text few.jsonl | sed -n '/^Marks/,/^+/p' | tr -cd 'a-zA-Z*|\n' | head -n 2; COLUMNS=40 memplot -f text few.jsonl | tail -n 2)" 'Marks
|****|
* 00:18:10 killed for want of memory
elsewhere'
is 'without marks there is no room for them' "$(text samples.jsonl | grep -c Marks) $(svg samples.jsonl | grep -c 'class="mark"')" '0 0'
jq -cn '{ts: 90000, elapsed_s: 89000, ram_free_gb: 4}' | cat few.jsonl - >days.jsonl
is 'of several days each has its day' "$(listed days.jsonl | head -n 1)" '* 01-01 00:17:00 WARMUP'

# ---- Which are there
marks outside.jsonl <<'END'
{"ts":999.9,"event":"mark","label":"before"}
{"ts":1000,"event":"mark","label":"first"}
{"ts":1100,"event":"mark","label":"last"}
{"ts":1100.1,"event":"mark","label":"after"}
END
is 'those outside of the picture'"'"'s time are left out' "$(words outside.jsonl; listed outside.jsonl)" 'first
last
* 00:16:40 first
* 00:18:20 last'
marks none.jsonl <<'END'
{"ts":999.9,"event":"mark","label":"before"}
END
is 'and if none is inside, it is as without any' "$(svg none.jsonl | cksum) $(text none.jsonl | cksum)" "$(svg samples.jsonl | cksum) $(text samples.jsonl | cksum)"
is 'what came twice is shown once' "$({ cat few.jsonl; grep event few.jsonl; } | svg | cksum)" "$(svg few.jsonl | cksum)"
is 'and named once' "$({ cat few.jsonl; grep event few.jsonl; } | text | cksum)" "$(text few.jsonl | cksum)"
marks empty.jsonl <<'END'
{"ts":1020,"event":"mark","label":""}
END
is 'one that says nothing is a mark' "$(words empty.jsonl; listed empty.jsonl)" 'mark
* 00:17:00 mark'

# ---- Many: 3000, of which one is a kill
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "{\"ts\":%.2f,\"event\":\"mark\",\"label\":\"step %d\"}\n", 1000 + i / 30, i
    print "{\"ts\":1066.6,\"event\":\"oom_kill\"}" }' | marks many.jsonl
is 'of thousands none overlap' "$(svg many.jsonl | sed -n '/<g class="mark"/,/<\/g>/s/^<text transform="translate(\([0-9]*\).*/\1/p' |
    awk 'NR > 1 && $1 - last < 12 { near++ } { last = $1 } END { print near + 0, (NR > 40) }')" '0 1'
is 'the kill is among them' "$(words many.jsonl | grep -c 'killed for want')" 1
is 'and among the ten that text has' "$(listed many.jsonl | sed -n '1p;9,$p')" '* 00:16:40 step 0
* 00:16:40 step 8
* 00:17:46 killed for want of memory
and 2991 more marks'
awk 'BEGIN { for (i = 0; i < 30; i++) printf "{\"ts\":%d,\"event\":\"%s\"}\n", 1000 + i, i < 10 ? "mark" : "oom_kill" }' | marks kills.jsonl
is 'where many were killed, they are the ten' "$(listed kills.jsonl | sed -n '1p;10,$p')" '* 00:16:50 killed for want of memory
* 00:16:59 killed for want of memory
and 20 more marks'

# ---- Hostile: markup, control characters, what turns the line, 10 kB, bytes of many a character
jq -cn '("</svg><script>alert(1)</script>", "\u0007\u001b[31mred\n\ttab\u0000", "\u202egnp.exe \u2066x", "\u05d0\u05d1\u05d2 \u0645\u0631",
    "n" * 10000, "\u6f22" * 10000, " ", "\u0301\u0301", "a" * 20 + " \"&<>\u0027") as $l | $l' |
    awk '{ printf "{\"ts\":%d,\"event\":\"mark\",\"label\":%s}\n", 1000 + 10 * NR, $0 }' | marks hostile.jsonl
svg hostile.jsonl >hostile.svg
is 'all have their words' "$(grep -c '^<text transform="translate([0-9]* 2[0-9]*)rotate(-90)">' hostile.svg)" 9
is 'none is markup' "$(grep -c '<script\|</svg>.*<' hostile.svg)" 0
is 'none has control characters' "$(LC_ALL=C tr -d '\t\n\040-\377' <hostile.svg | wc -c | tr -d ' ')" 0
# shellcheck disable=SC2016  # perl's variables
ok 'the picture is XML' perl -0777 -ne 'exit 1 if /&(?!#\d+;|#x[0-9a-fA-F]+;|amp;|lt;|gt;|quot;|apos;)/; my @open; while (m{<(/?)([a-z]+)[^<>]*?(/?)>}g) {
    if ($1) { exit 1 unless @open && pop(@open) eq $2 } elsif (!$3) { push @open, $2 } } exit @open ? 1 : 0' hostile.svg
is 'what is long is cut, and has its title' "$(words hostile.jsonl | sed -n 's/^<title>\(nnn*…n*\)<\/title>\(nnn*…n*\)$/\1 \2/p' | LC_ALL=C sed 's/…/./g' | awk '{ print length($1), length($2) < 50 }')" '500 1'
[ "$(wc -c <hostile.svg)" -lt 20000 ]
is 'so the picture stays small' $? 0
LC_ALL=C.UTF-8 text hostile.jsonl >hostile.txt
is 'text has no control characters and nothing that turns the line' "$(LC_ALL=C tr -d '\n\040-\377' <hostile.txt | wc -c | tr -d ' ') $(grep -cE "$(printf '\342\200\256|\342\201\246')" hostile.txt)" '0 0'
is 'a long one is cut to two lines of it' "$(grep -c "nnnn…\$" hostile.txt) $(grep 'nnnn' hostile.txt | tr -cd n | wc -c | tr -d ' ')" '1 160'
is 'and in ASCII all is' "$(LC_ALL=C.UTF-8 text --ascii hostile.jsonl | LC_ALL=C tr -d '\n\040-\176' | wc -c | tr -d ' ')" 0

# ---- In any order
shuffled() { awk -v seed="$1" 'BEGIN { srand(seed) } { printf "%.9f\t%s\n", rand(), $0 }' | sort -n | cut -f 2-; }
{
    cat few.jsonl
    grep -h event outside.jsonl hostile.jsonl many.jsonl
    jq -cn '{ts: 1066.6, event: "mark", label: ("killed for want of memory", "a", "b"), model: ("m", "n")}'
} >any.jsonl
for format in svg text html trace; do
    is "$format is the same in any order" \
        "$(for seed in 1 2 3; do shuffled $seed <any.jsonl | memplot -f $format | cksum; done | sort -u)" "$(memplot -f $format any.jsonl | cksum)"
done

# ---- Tests that ran at once
test_at() { printf '{"outcome":"%s","test":"%s","test_start_ts":%d,"test_end_ts":%d}\n' "$@"; }
{ test_at failed a 1010 1050 && test_at passed b 1020 1060; } | marks lanes.jsonl
is 'only the lane of the failed one is hatched' "$(svg lanes.jsonl | sed -n 's/.*url(#mp-hatch).* d="M[0-9]* \([0-9]*\)h[0-9]*v\([0-9]*\)h-[0-9]*z"\/>$/\1 \2/p' |
    awk -v top="$(svg lanes.jsonl | sed -n 's/^<path class="infra".* d="M[0-9]* \([0-9]*\)h.*/\1/p')" '{ print $1 + $2 == top, $2 }')" '1 75'
jq -c 'if .elapsed_s then .cpu_user = 3 else . end' lanes.jsonl >rows.jsonl
is 'in each row' "$(svg rows.jsonl | sed -n 's/.*url(#mp-hatch).* d="\(M[-0-9 hvzM]*\)"\/>$/\1/p' | grep -o M | wc -l | tr -d ' ')" 2
awk 'BEGIN { for (i = 0; i < 40; i++) printf "{\"outcome\":\"%s\",\"test\":\"t%d\",\"test_start_ts\":1010,\"test_end_ts\":1020}\n", i == 30 ? "failed" : "passed", i }' |
    marks lanes.jsonl
is 'of more lanes than have room the last has all others' "$(svg lanes.jsonl | grep -c 'url(#mp-hatch).* d="M[0-9]* [0-9]*h111v[0-9]*h-111z"')" 1
finish
