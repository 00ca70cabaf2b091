#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The completions for bash, zsh and fish know each option that -h knows, and its values, and no other.
. "${0%/*}/tap.sh"
here=$top/man/completions
tools='memmon validate genreport memplot'
mkdir "$tmp/bash" "$tmp/zsh" "$tmp/fish" "$tmp/place"
for tool in $tools; do
    for shell in bash zsh fish; do
        awk -v tool="$tool" -v name="x-$tool" -f "$here/$shell.awk" "$here/options" >"$tmp/$shell/x-$tool"
    done
    mv "$tmp/zsh/x-$tool" "$tmp/zsh/_x-$tool"
done
cd "$tmp/place" && : >run.jsonl && mkdir reports || exit

options_of_help() { "$1" -h | sed 1d | grep -Eo '(^|[^[:alnum:]-])--?[[:alnum:]][-[:alnum:]]*' | sed 's/^[^-]*//' | sort -u; }
# What is offered for the last WORD.  bash gets its words as readline parts them, -- the = of --long=word is one.
bash_offers() { # WORD...
    bash -c '. "$1/bash/$2" && shift && COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) &&
        $(complete -p "$1" | sed "s/.* -F \([^ ]*\).*/\1/") && printf "%s\n" "${COMPREPLY[@]}"' bash "$tmp" "$@" | sort -u
}
fish_offers() { # LINE
    fish --no-config -c "source $tmp/fish/${1%% *}; complete -C '$1'" | cut -f 1 | sort -u
}
words() { printf '%s\n' "$@" | sort; }

for tool in $tools; do
    options_of_help "$tool" >"$tmp/help"
    ok "$tool -h lists options" test "$(wc -l <"$tmp/help")" -gt 8
    is "zsh knows $tool's options" \
        "$(sed -n "s/^    '\(([^)]*)\)\{0,1\}[*]\{0,1\}\(-[-[:alnum:]]*\).*/\2/p" "$tmp/zsh/_x-$tool" | sed 's/-$//' | sort)" "$(cat "$tmp/help")"
    is "fish knows $tool's options" \
        "$(tr ' ' '\n' <"$tmp/fish/x-$tool" | sed -n '/^-[sl]$/{ s/s/-/; s/l/--/; s/^-//; N; s/\n//p; }' | sort)" "$(cat "$tmp/help")"
done

if command -v bash >/dev/null; then
    for tool in $tools; do
        is "bash offers $tool's options" "$(bash_offers "x-$tool" -)" "$(options_of_help "$tool")"
        ok "bash takes $tool's completion without a word" sh -c "test -z \"\$(bash -n '$tmp/bash/x-$tool' 2>&1)\""
    done
    is "bash: a format" "$(bash_offers x-memplot -f s)" svg
    is "bash: --long=" "$(bash_offers x-memplot --format =)" "$(words html svg trace text)"
    is "bash: --long=word" "$(bash_offers x-memplot --format = t)" "$(words trace text)"
    is "bash: several findings" "$(bash_offers x-genreport -g failed,)" "$(words failed,regressed failed,failed failed,degraded)"
    is "bash: files are readline's" "$(bash_offers x-validate -s run)" ""
    is "bash: memmon's command" "$(bash_offers x-memmon -o file mkfif)" mkfifo
    is "bash: after --" "$(bash_offers x-memmon --output = file -- mkfif)" mkfifo
    is "bash: its options are its own" "$(bash_offers x-memmon ls --)" ""
    is "bash: memmon's options end there" "$(bash_offers x-memmon -q --v)" "$(words --verbose --version)"
else
    skip 'completion in bash' 'there is none'
fi

if command -v fish >/dev/null; then
    HOME=$tmp XDG_CONFIG_HOME=$tmp XDG_DATA_HOME=$tmp
    export HOME XDG_CONFIG_HOME XDG_DATA_HOME
    for tool in $tools; do
        ok "fish takes $tool's completion" fish --no-config -n "$tmp/fish/x-$tool"
    done
    is "fish: options" "$(fish_offers 'x-memplot --')" "$(options_of_help memplot | grep '^--')"
    is "fish: a format" "$(fish_offers 'x-memplot -f s')" svg
    is "fish: --long=word" "$(fish_offers 'x-memplot --format=t')" "$(words --format=text --format=trace)"
    is "fish: several findings" "$(fish_offers 'x-genreport -g failed,r')" failed,regressed
    is "fish: files" "$(fish_offers 'x-validate -s ru')" run.jsonl
    is "fish: folders" "$(fish_offers 'x-genreport -O r')" reports/
    is "fish: memmon's command" "$(fish_offers 'x-memmon -o file mkfif')" mkfifo
else
    skip 'completion in fish' 'there is none'
fi

if command -v zsh >/dev/null; then
    for tool in $tools; do
        ok "zsh takes $tool's completion" zsh -n "$tmp/zsh/_x-$tool"
    done
    # A zsh on a terminal of its own, whose completion writes down what it would offer.
    cat >"$tmp/setup.zsh" <<'Z'
PROMPT=
fpath=($place/zsh $fpath)
autoload -Uz compinit
compinit -u -d $place/zcompdump
compadd() {
    if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
        local -a hits
        builtin compadd -O hits "$@"
        print -rl -- $hits >>$place/offers
    fi
    builtin compadd "$@"
}
print ready >$place/offers
Z
    cat >"$tmp/offer.zsh" <<'Z'
zmodload zsh/zpty
export place=$1
wait_for() {
    repeat 200; do
        zpty -r -t z >/dev/null
        grep -q "^$1\$" $place/offers && return
        sleep 0.05
    done
}
zpty z zsh -f -i
zpty -w z "source $place/setup.zsh"
wait_for ready
zpty -w -n z "$2"$'\t'$'\x15'
zpty -w z "print done >>$place/offers"
wait_for done
zpty -d z
Z
    zsh_offers() { # LINE
        : >"$tmp/offers"
        zsh -f "$tmp/offer.zsh" "$tmp" "$1" >"$out_file" 2>"$err_file" </dev/null
        sed '/^ready$/d; /^done$/d; /^$/d' "$tmp/offers" | sort -u
    }
    is "zsh: a format" "$(zsh_offers 'x-memplot -f s')" svg
    is "zsh: options" "$(zsh_offers 'x-genreport --')" "$(options_of_help genreport | grep '^--')"
else
    skip 'completion in zsh' 'there is none'
fi
finish
