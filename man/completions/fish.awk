# SPDX-License-Identifier: Apache-2.0
# Makes the completion of one tool for fish: awk -v tool=memmon -v name=memmon -f fish.awk options
#
# Files are what fish offers by itself.
BEGIN { FS = " *[|] *" }
$1 != tool { next }
$2 == "" { operand = $3; next }
{
    sub(/ [*]$/, "", $2)
    n = split($2, option, " ")
    flags = ""
    for (i = 1; i <= n; i++)
        flags = flags (option[i] ~ /^--/ ? " -l " substr(option[i], 3) : " -s " substr(option[i], 2))
    if ($3 == "file")
        flags = flags " -r -F"
    else if ($3 == "dir")
        flags = flags " -x -a '(__fish_complete_directories)'"
    else if ($3 ~ /^=/)
        flags = flags " -x -a '" substr($3, 3) "'"
    else if ($3 ~ /^,/)
        flags = flags " -x -a '(__fish_append , " substr($3, 3) ")'"
    else if ($3 != "")
        flags = flags " -x"
    if ($3 != "")
        taking = taking " " $2
    lines = lines "complete -c " name flags " -d '" $4 "'\n"
}
END {
    print "# " name "'s options for fish."
    printf "%s", lines
    if (operand == "command")
        print "complete -c " name " -x -a '(__fish_complete_subcommand --" taking ")'"
}
