#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The four tools are used alike: the same shape of -h, the same words for the same slips, each by its own name.
. "${0%/*}/tap.sh"
tools='memmon validate genreport memplot'
options=$top/man/completions/options
said() { sed -n "${1}p" "$err_file"; }

for tool in $tools; do
    # -h: the usage, what it is for, the options, the exit statuses.
    run "$tool" -h
    sed -n 's/^  \(-[[:alnum:]],\|   \) --\([-a-z]*\).*/\1 \2/p' "$out_file" >"$tmp/listed"
    is "$tool -h begins with the usage" "$(sed -n '1s/ .*//p; 2p' "$out_file")" "usage:"
    like "$tool -h tells the exit statuses at its end" "$(tail -n 3 "$out_file" | grep -n Exit)" '^[123]:Exit status: '
    is "$tool -h: each option has a long name" "$(grep -c '^  -' "$out_file")" "$(grep -c '^-' "$tmp/listed")"
    is "$tool -h: by letter, then by name, at last these two" "$(cat "$tmp/listed")" "$({
        sed '/ help$/d' "$tmp/listed" | grep '^-' | sort -f -k 1,1
        grep '^ ' "$tmp/listed" | sed '/version$/d' | sort
        printf '%s\n' '-h, help' '    version'
    })"
    is "$tool -h fits a terminal" "$(sed 1d "$out_file" | awk 'length > 92')" ""
    run "$tool" --help
    "$tool" -h >"$tmp/help"
    same "$tool --help is -h" "$out_file" "$tmp/help"
    usage=$(head -n 1 "$tmp/help")

    # What is no option, and what lacks its argument, is shown the usage.
    exits "$tool: an unknown letter" 2 "$tool" -Z
    is "$tool: is named" "$(said 1)" "$tool: -Z: no such option"
    is "$tool: and the usage shown" "$(said 2)" "$usage"
    exits "$tool: an unknown name" 2 "$tool" --nonsense=3
    is "$tool: is named as well" "$(cat "$err_file")" "$tool: --nonsense: no such option
$usage"
    exits "$tool: a slip of the pen" 2 "$tool" --verison
    is "$tool: is helped with" "$(said 1)" "$tool: --verison: no such option; did you mean --version?"
    exits "$tool: a beginning that is enough" 0 "$tool" --vers
    exits "$tool: an argument where none is taken" 2 "$tool" --help=3
    is "$tool: is said" "$(cat "$err_file")" "$tool: --help: takes no argument
$usage"
    exits "$tool: an empty name" 2 "$tool" --=x
    is "$tool: could be any" "$(said 1)" "$tool: --: several options begin so"

    # Under another name the tool stays what it is.
    mkdir -p "$tmp/names"
    ln -s "$BUILD/bin/$tool" "$tmp/names/x-$tool"
    exits "$tool by another name and path" 2 "$tmp/names/x-$tool" -Z
    is "$tool: messages have its own" "$(cat "$err_file")" "$tool: -Z: no such option
$usage"
done

# Each option that takes one of some words or several says which, in both of its forms and in the same words.
sed -n '/^#/d; s/ | /|/g; /|[=,] /p' "$options" >"$tmp/choices"
ok "there are such options" test "$(lines "$tmp/choices")" -gt 4
while IFS='|' read -r tool forms words _; do
    list=$(echo "${words#? }" | awk -v several="${words%% *}" '{
        for (i = 1; i <= NF; i++)
            printf "%s%s", i == 1 ? "" : i < NF || several == "," ? ", " : " or ", $i
        print several == "," ? ", or several of them with commas between" : ""
    }')
    for form in ${forms% [*]}; do
        exits "$tool $form nonsense" 2 "$tool" "$form" nonsense
        is "$tool $form: tells what there is" "$(cat "$err_file")" "$tool: $form nonsense: should be $list"
    done
done <"$tmp/choices"

# So does each that takes a number.
while read -r tool form wrong bounds; do
    exits "$tool $form $wrong" 2 "$tool" "$form" "$wrong"
    is "$tool $form $wrong: tells the bounds" "$(cat "$err_file")" "$tool: $form $wrong: should be a number of $bounds"
done <<'END'
memmon -i 0 milliseconds, 1 to 3600000
memmon --interval 5ms milliseconds, 1 to 3600000
memmon --duration -1 seconds above 0, up to 1000000000
validate --threads 4097 threads, 1 to 4096
validate -j 99999999999999999999999 threads, 1 to 4096
validate --max-invalid 1e3 lines, at least 1
genreport --max-bytes 8191 bytes, at least 8192
END

# Each option that takes an argument cannot do without.
sed -n '/^#/d; s/ | /|/g; /|[^|]*-[^|]*|[^| ]/p' "$options" >"$tmp/taking"
ok "there are options with an argument" test "$(lines "$tmp/taking")" -gt 20
while IFS='|' read -r tool forms _; do
    for form in ${forms% [*]}; do
        exits "$tool $form alone" 2 "$tool" "$form"
        like "$tool $form alone: tells what is missing" "$(said 1)" "^$tool: $form: needs an argument: [^ ]+$"
    done
done <"$tmp/taking"

# A long name does what its letter does.
run=$top/reports/2026-11-23-v2.0.5
cp "$run-benchmark.jsonl" "$tmp/bench.jsonl"
cp "$run-memory.jsonl" "$tmp/mem.jsonl"
cp "$top/reports/2026-11-23-v2.0.4-benchmark.jsonl" "$tmp/old.jsonl"
printf '{"a": "x"}\n{"a": 1}\n{"a": 2}\n' >"$tmp/three"
printf '{"properties": {"a": {"type": "string", "format": "date"}}}\n' >"$tmp/schema.json"
printf 'inference_min_s: 3\n' >"$tmp/config.yaml"
mkdir "$tmp/out"
cd "$tmp" || exit
while read -r short; do
    read -r long
    run sh -c "$short"
    was="$status $(cat "$out_file" "$err_file")"
    run sh -c "$long"
    is "$long: $short" "$status $(cat "$out_file" "$err_file")" "$was"
done <<'END'
validate -d 7 -s schema.json -f basic -F -j 1 three
validate --draft 7 --schema schema.json --format=basic --check-format --threads 1 three
validate -s schema.json -k 1 -q three
validate --schema=schema.json --max-invalid 1 --quiet three
validate -u -r urn:x=out bench.jsonl
validate --upgrade --resolve urn:x=out bench.jsonl
genreport -C config.yaml bench.jsonl
genreport --config config.yaml bench.jsonl
genreport -c old.jsonl -g regressed -m mem.jsonl -f json bench.jsonl
genreport --compare old.jsonl --gate regressed --memory mem.jsonl --format json bench.jsonl
genreport -O out bench.jsonl && cat out/*
genreport --output-dir out bench.jsonl && cat out/*
genreport -o out/x bench.jsonl && cat out/x
genreport --output out/x bench.jsonl && cat out/x
END

# --strict is of bad lines.  A last line that was cut off is a warning.
{ cat bench.jsonl && printf '{"test": "t.py::test_x", "outc'; } >cut.jsonl
{ echo '{"test": oops}' && cat bench.jsonl; } >bad.jsonl
for tool in genreport memplot; do
    exits "$tool --strict: a line that was cut off" 0 "$tool" --strict cut.jsonl
    like "$tool: is told" "$(cat "$err_file")" "^$tool: cut.jsonl:[0-9]+:[0-9]+: the last line is cut off"
    exits "$tool --strict: a bad line" 1 "$tool" --strict bad.jsonl
    exits "$tool: a bad line" 0 "$tool" bad.jsonl
done

# On a terminal all that read much tell how far they have come.
if script -V >/dev/null 2>&1; then
    unset NO_COLOR
    return=$(printf '\r') escape=$(printf '\033')
    # Input until the terminal shows how much of it was read.
    cat >feed.sh <<'END'
tries=0
while [ "$tries" -lt 600 ] && ! grep -q MB/s screen; do
    cat bench.jsonl
    tries=$((tries + 1))
    sleep 0.05
done
END
    for command in 'validate -f quiet' genreport memplot; do
        : >screen
        TERM=xterm script -qfec "sh feed.sh | $command >out/x" screen </dev/null >/dev/null 2>&1
        told=$(grep MB/s screen)
        like "$command tells how far it has come" "$told" \
            "$return\(standard input\): [0-9.]+ MB, [0-9 ]+ records,( 0 invalid,)? [0-9.]+ MB/s$escape\[K"
        like "$command takes that away" "${told##*MB/s}" "^$escape\[K$return$escape\[K"
    done
else
    skip "how far it has come" "there is no script of util-linux"
fi
finish
