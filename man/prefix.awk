# SPDX-License-Identifier: Apache-2.0
# A manual page of programs that are installed under other names: awk -v prefix=mlxk- -f prefix.awk memmon.1
#
# Renamed are the page itself, what it refers to, and the programs in commands.  In sentences and messages they keep their
# names, as they do in what they print.
BEGIN {
    count = split("memmon validate genreport memplot", tools, " ")
    for (i = 1; i <= count; i++) is_tool[tools[i]] = 1
}
function rename(line,   i) {
    for (i = 1; i <= count; i++) line = replace(line, tools[i])
    return line
}
# Programs of a command stand alone between blanks, or in brackets.
function replace(line, word,   at, before, after, out) {
    out = ""
    while ((at = index(line, word)) > 0) {
        before = at == 1 ? " " : substr(line, at - 1, 1)
        after = substr(line, at + length(word), 1)
        out = out substr(line, 1, at - 1) (before ~ /[ (`]/ && after ~ /^[ );`]?$/ ? prefix : "") word
        line = substr(line, at + length(word))
    }
    return out line
}
/^\.Dt / && tolower($2) in is_tool { $2 = toupper(prefix) $2 }
/^\.(Nm|Xr) / && $2 in is_tool { $2 = prefix $2 }
/^\.(Ql|Dl|Li) / { $0 = rename($0) }
/^\.Bd / { literal = 1 }
/^\.Ed/ { literal = 0 }
literal && /^[$>] / { $0 = rename($0) }
{ print }
