# SPDX-License-Identifier: Apache-2.0
# Makes the completion of one tool for bash: awk -v tool=memmon -v name=memmon -f bash.awk options
#
# What it leaves empty, readline fills with files.  It needs no package bash-completion; with it, what comes after
# memmon is completed as that command's own words.
BEGIN { FS = " *[|] *" }
$1 != tool { next }
$2 == "" { operand = $3; next }
{
    sub(/ [*]$/, "", $2)
    words = words (words == "" ? "" : " ") $2
    gsub(/ /, " | ", $2)
    if ($3 == "" || $3 == "file")
        action = ""
    else if ($3 == "dir")
        action = "compopt -o dirnames +o default 2>/dev/null"
    else if ($3 ~ /^=/)
        action = "COMPREPLY=($(compgen -W '" substr($3, 3) "' -- \"$word\"))"
    else if ($3 ~ /^,/)
        action = "[[ $word != *,* ]] || before=${word%,*},\n        COMPREPLY=($(compgen -P \"$before\" -W '" \
            substr($3, 3) "' -- \"${word##*,}\"))"
    else
        action = "compopt +o default 2>/dev/null"
    if ($3 != "") {
        taking = taking (taking == "" ? "" : " | ") $2
        cases = cases "    " $2 ")\n" (action == "" ? "" : "        " action "\n") "        return\n        ;;\n"
    }
}
END {
    self = "_mlxk_" name
    gsub(/[^[:alnum:]_]/, "_", self)
    print "# " name "'s options for bash."
    print self "() {"
    print "    local i before word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}"
    print "    COMPREPLY=()"
    if (operand == "command") {
        print "    for ((i = 1; i < COMP_CWORD; i++)); do"
        print "        case ${COMP_WORDS[i]} in"
        print "        " taking ")"
        print "            [[ ${COMP_WORDS[i + 1]} != '=' ]] || ((i++))"
        print "            ((i++))"
        print "            ;;"
        print "        --)"
        print "            ((i++))"
        print "            break"
        print "            ;;"
        print "        -*) ;;"
        print "        *) break ;;"
        print "        esac"
        print "    done"
        print "    if ((i < COMP_CWORD)); then"
        print "        ! declare -F _command_offset >/dev/null || _command_offset $i"
        print "        return"
        print "    elif ((i == COMP_CWORD)) && [[ $option == -- || $word != -* ]]; then"
        print "        [[ $word == */* ]] || COMPREPLY=($(compgen -c -- \"$word\"))"
        print "        return"
        print "    fi"
    }
    print "    # --long=word is three words, and two as long as nothing follows."
    print "    if [[ $word == '=' ]]; then"
    print "        word="
    print "    elif [[ $option == '=' ]]; then"
    print "        option=${COMP_WORDS[COMP_CWORD - 2]}"
    print "    fi"
    print "    case $option in"
    printf "%s", cases
    print "    esac"
    print "    [[ $word != -* ]] || COMPREPLY=($(compgen -W '" words "' -- \"$word\"))"
    print "}"
    print "complete -o default -F " self " " name
}
