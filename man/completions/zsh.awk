# SPDX-License-Identifier: Apache-2.0
# Makes the completion of one tool for zsh: awk -v tool=memmon -v name=memmon -f zsh.awk options
BEGIN { FS = " *[|] *" }
$1 != tool { next }
$2 == "" {
    command = $3 == "command" # whose own options come after it
    operand = command ? "'(-):" $4 ":_command_names -e' '*::arguments:_normal'" : "'*:" $4 ":_files'"
    next
}
{
    repeated = sub(/ [*]$/, "", $2) ? "*" : ""
    n = split($2, option, " ")
    others = $2 ~ /--(help|version)/ ? "- *" : n > 1 ? $2 : ""
    action = $3
    if ($3 == "file")
        action = "file:_files"
    else if ($3 == "dir")
        action = "directory:_files -/"
    else if ($3 ~ /^=/)
        action = "value:(" substr($3, 3) ")"
    else if ($3 ~ /^,/)
        action = "value:_values -s , value " substr($3, 3)
    else if ($3 != "")
        action = $3 ": "
    for (i = 1; i <= n; i++)
        lines = lines "    '" (others == "" ? "" : "(" others ")") repeated option[i] \
            ($3 == "" ? "" : option[i] ~ /^--/ ? "=" : "+") "[" $4 "]" (action == "" ? "" : ":" action) "' \\\n"
}
END {
    print "#compdef " name
    print "# " name "'s options for zsh."
    print "_arguments -s -S" (command ? " -A '-*'" : "") " : \\"
    printf "%s", lines
    print "    " operand
}
