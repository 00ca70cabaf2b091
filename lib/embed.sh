#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes files as a C table: embed.sh NAME FILE... makes `const struct embedded NAME[]`, ended by an entry
# whose name is NULL.  A file's name there is its last component.  od and awk are on every system.
set -eu
name=$1
shift
printf '#include "embed.h"\n\n'
i=0
for f in "$@"; do
    printf 'static const unsigned char file%d[] = {\n' "$i"
    od -An -v -tu1 "$f" | awk '{ for (j = 1; j <= NF; j++) printf "%s,", $j; print "" }'
    printf '0};\n'
    i=$((i + 1))
done
printf '\nconst struct embedded %s[] = {\n' "$name"
i=0
for f in "$@"; do
    printf '    {"%s", (const char *)file%d, sizeof file%d - 1},\n' "${f##*/}" "$i" "$i"
    i=$((i + 1))
done
printf '    {0, 0, 0},\n};\n'
