#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The schemas know what the suite writes, and the figures in LEARNINGS-FOR-v1.0.md are those that the commands give.
. "${0%/*}/tap.sh"

# Each schema with all its objects closed, but for `metadata`, which is free.
for schema in report-current memory-v1 resources-v1; do
    jq 'walk(if type == "object" and (.properties | type) == "object" then .additionalProperties = false else . end)
        | del(.properties.metadata.additionalProperties) | .["$id"] += ":closed"' \
        "$top/schemas/$schema.schema.json" >"$tmp/$schema.json"
done
for version in 2.0.4 2.0.5; do
    run=$top/reports/2026-11-23-v$version
    exits "every member that the suite writes is known: $version" 0 validate -s "$tmp/report-current.json" "$run-benchmark.jsonl"
    exits "every member of a recording is known: $version" 0 validate -s "$tmp/memory-v1.json" "$run-memory.jsonl"
done
for version in 2.0.4 2.0.5; do
    run=$top/reports/2026-11-23-v$version
    genreport -f jsonl "$run-benchmark.jsonl" "$run-memory.jsonl" >"$tmp/resources.jsonl"
    exits "every member that genreport adds is known: $version" 0 validate -s "$tmp/resources-v1.json" "$tmp/resources.jsonl"
    exits "and the schema chosen by it: $version" 0 validate "$tmp/resources.jsonl"
done
genreport -f jsonl "$top/reports/2025-12-05-v2.0.3-benchmark.jsonl" >"$tmp/resources.jsonl"
exits "also of records of the first version" 0 validate "$tmp/resources.jsonl"
sed 's/"samples":0/"samples":-1/' "$tmp/resources.jsonl" >"$tmp/wrong.jsonl"
exits "a wrong member is noticed" 1 validate "$tmp/wrong.jsonl"
jq -S 'del(.["$id"], .title, .description, .definitions, .properties.resources, .required)' "$top/schemas/resources-v1.schema.json" >"$tmp/with"
jq -S 'del(.["$id"], .title, .description, .required)' "$top/schemas/report-v0.2.2.schema.json" >"$tmp/without"
same "but for the resources their schema is the newest report's" "$tmp/without" "$tmp/with"
echo '{"ts": 1, "elapsed_s": 0, "ram_fre_gb": 1}' >"$tmp/unknown"
exits "a member that is not known would be noticed" 1 validate -s "$tmp/memory-v1.json" "$tmp/unknown"
for schema in "$top"/schemas/*.schema.json; do
    is "${schema##*/}: every member is described" "$(jq -r '[paths(objects) as $p | select($p[-2] == "properties")
        | select(getpath($p) | has("description") or has("$ref") | not) | $p | map(tostring) | join("/")] | .[]' "$schema")" ""
done
is "the current schema is the newest" "$(readlink "$top/schemas/report-current.schema.json")" report-v0.2.2.schema.json

# What MIGRATIONS.md proposes for a record that cannot be upgraded as it is.
echo '{"schema_version": "0.2.0", "timestamp": "2026-11-23T01:49:22Z", "mlx_knife_version": "2.0.4", "test": "t",
    "outcome": "passed", "duration": 1, "metadata": {"inference_modality": "multimodal"}}' | jq -c . >"$tmp/old"
exits "a modality that came to mean something else is held back" 1 validate -u "$tmp/old"
sed -n "s/^    \(jq -c '(.metadata.*\)/\1/p" "$top/schemas/MIGRATIONS.md" >"$tmp/rename"
sh "$tmp/rename" <"$tmp/old" >"$tmp/renamed"
exits "renamed, it can be upgraded" 0 validate -u "$tmp/renamed"
is "and keeps what it said" "$(jq -c '[.schema_version, .metadata]' "$out_file")" '["0.2.2",{"kind":"multimodal"}]'

# Commands (`$ `, continued by `> `) and what they print, as they stand in the page.
page=$top/schemas/LEARNINGS-FOR-v1.0.md
awk -v to="$tmp/command." '
    /^    \$ / { file = to sprintf("%02d", ++n); print substr($0, 7) >file; next }
    /^    > / { print substr($0, 7) >file; next }
    /^    / { print substr($0, 5) >(file ".want") }' "$page"
for command in "$tmp"/command.??; do
    (cd "$top/reports" && sh "$command") >"$out_file" 2>&1
    same "$(head -n 1 "$command")" "$command.want" "$out_file"
done
finish
