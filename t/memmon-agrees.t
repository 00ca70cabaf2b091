#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memmon agrees with what others say about the machine: free(1), /proc/stat, ps(1), the processes themselves.
#
# The machine may be busy, and others read it a moment later: so what is compared is either still, or held still by the
# test, or bracketed by a reading before and one behind.
# shellcheck disable=SC2016 # what stands in single quotes is for the command
. "${0%/*}/tap.sh"
cd "$tmp" || exit
summary() { tail -n 1 "$1" | jq -r ".summary.$2 | if type == \"number\" then . + 0 else . end"; }

if [ "$(uname -s)" != Linux ]; then
    skip "what others say" "Linux only"
    finish
fi

# ---- Memory
meminfo() { awk -v key="$1:" '$1 == key { printf "%.0f\n", $2 * 1024 }' /proc/meminfo; }
total=$(meminfo MemTotal)
swap() { awk '$1 == "SwapTotal:" { total = $2 } $1 == "SwapFree:" { free = $2 } END { printf "%.0f\n", (total - free) * 1024 }' /proc/meminfo; }
free_ram() { free -b | awk '/^Mem:/ { print $7 }'; } # total used free shared buff/cache available
# MEMBER UNIT CMD…: between what CMD says before and what it says after, give or take 1 % of the RAM.  What another takes
# and gives back in between is in neither: hence in_time.
within() {
    member=$1 unit=$2
    shift 2
    "$@" >before
    memmon -q -i 20 -d 0.01 >one.jsonl
    "$@" >after
    head -n 1 one.jsonl | jq -e --slurpfile a before --slurpfile b after --argjson total "$total" "
        (\$a + \$b) as \$seen | .$member * $unit | . >= (\$seen | min) - \$total / 100 and . <= (\$seen | max) + \$total / 100"
}
ok "free RAM is what the kernel can give out" in_time within ram_free_gb 1e9 meminfo MemAvailable
ok "all RAM is all RAM" in_time within ram_total_gb 1e9 meminfo MemTotal
ok "swap is what is not free of it" in_time within swap_used_mb 1e6 swap
if command -v free >/dev/null; then
    ok "free(1) says the same, to 1 % of the RAM" in_time within ram_free_gb 1e9 free_ram
else
    skip "free(1)" "it is not here"
fi

# ---- Processors
# The shares of each sample are of a window of 100 ms; over a second and more they add up to what /proc/stat counts from
# before the first to behind the last, but for the time between those readings and ours.
ticks() { awk '/^cpu / { print $2 + $3, $4 + $7 + $8, $5 + $6, $2 + $3 + $4 + $5 + $6 + $7 + $8 + $9 }' /proc/stat; }
ticks >stat.1
memmon -q -i 100 -d 2 -o cpu.jsonl -- perl -e '$t = time + 2; 1 while time < $t'
ticks >stat.2
# Percent of the time between the readings: what memmon has seen, and as much more as it has not.
as_counted() { # MEMBER COLUMN
    cat stat.1 stat.2 | jq -s --slurpfile m cpu.jsonl --argjson cpus "$(grep -c '^cpu[0-9]' /proc/stat)" "
        ((.[3 + 4] - .[3]) / \$cpus / $(getconf CLK_TCK)) as \$span |
        (100 * (.[$2 + 4] - .[$2]) / (.[3 + 4] - .[3])) as \$want |
        (\$m | map(select(.elapsed_s))) as \$samples |
        [range(1; \$samples | length) as \$i | select(\$samples[\$i].$1) |
            {v: \$samples[\$i].$1, s: (\$samples[\$i].elapsed_s - \$samples[\$i - 1].elapsed_s)}] |
        (map(.v * .s) | add / \$span) as \$seen | (map(.s) | add / \$span) as \$part |
        \$want > \$seen - 8 and \$want < \$seen + 100 * ([1 - \$part, 0] | max) + 4"
}
is "processor time is what /proc/stat counts" "$(as_counted cpu_user 0)" true
is "and idle time" "$(as_counted cpu_idle 2)" true
cat /proc/loadavg >load.1
memmon -q -d 0.01 -o load.jsonl
cat /proc/loadavg >load.2
is "load averages of the kernel" "$(cut -d ' ' -f 1-3 load.1 load.2 | jq -s --slurpfile m load.jsonl '. as $l |
    [$m[0] | .load_1, .load_5, .load_15] | to_entries |
    map(.value >= ([$l[.key], $l[.key + 3]] | min) and .value <= ([$l[.key], $l[.key + 3]] | max)) | all')" true

# ---- Processes, which stand still while they are looked at: a command, its child, its grandchild, and one that has
# left its parent and its session
cat >family.pl <<'END'
use POSIX ();
use Time::HiRes;
sub wait_for { select undef, undef, undef, 0.02 until -e "release" || !-e "family.pl" }
sub hold { my $x = "x" x ($_[0] * 1_000_000); open my $f, ">>", "pids"; syswrite $f, "$$\n"; wait_for(); POSIX::_exit(0) }
open my $f, ">>", "pids";
syswrite $f, "$$\n";
if (!fork) {
    hold(30) if !fork;
    hold(60);
}
if (!(my $pid = fork)) {
    POSIX::setsid();
    hold(10) if !fork;
    POSIX::_exit(0);
} else { waitpid $pid, 0 }
sub last_line { open my $f, "<", "family.jsonl"; my $last = ""; while (<$f>) { $last = $_ if /\n$/ } $last }
# All are there, with what they will have; then memmon looks at them.
my $there = 0;
for (; $there < 4; select undef, undef, undef, 0.02) { open my $f, "<", "pids"; $there = () = <$f> }
last_line();
my $since = Time::HiRes::time;
for (my $read = 0; $read <= $since; select undef, undef, undef, 0.05) {
    my ($ts) = last_line() =~ /"ts":([0-9.]+).*"proc_count":4,/;
    $read = ($ts // 0) - (last_line() =~ /"proc_age_ms":([0-9.]+)/ ? $1 : 20) / 1000;
}
open my $out, ">", "seen";
print $out last_line();
close $out;
system "ps -e -o pid=,ppid=,rss= >ps.out";
print { open my $m, ">", "memmon.pid"; $m } getppid;
open my $done, ">", "release";
1 while wait > 0;
END
exits "a family of four is seen" 0 timeout 300 memmon -q -i 20 -o family.jsonl -- perl family.pl
touch release # if it did not come so far
is "whose memory is the sum that ps(1) sees, to 2 %" "$(awk '
    FILENAME == "pids" { mine[$1] = 1; next }
    $1 in mine { kib += $3 }
    END { print kib * 1024 }' pids ps.out | jq --slurpfile m seen '. as $ps | $m[0].proc_rss_gb * 1e9 - $ps | fabs < $ps / 50')" true
is "and who descend from memmon for ps(1), too" "$(awk '
    { parent[$1] = $2 }
    END {
        getline memmon <"memmon.pid"
        while ((getline pid <"pids") > 0) {
            for (at = pid; at in parent && at != memmon; ) at = parent[at]
            print at == memmon
        }
    }' ps.out | sort | uniq -c | xargs)" "4 1"
is "the peak is that sum" "$(jq -s '.[-1].summary.proc_peak_rss_gb as $p | map(.proc_rss_gb // 0) | max == $p' family.jsonl)" true

# ---- A peak between two looks, which the process itself knows
cat >peak.pl <<'END'
{ my $x = "x" x 120_000_000; undef $x }
open my $f, "<", "/proc/self/status";
my ($hwm) = join("", <$f>) =~ /VmHWM:\s+(\d+)/;
open my $out, ">", "hwm";
print $out $hwm * 1024, "\n";
END
memmon -q -i 60000 -o peak.jsonl -- perl peak.pl
is "a short peak is known as the process knows it" "$(jq -s --slurpfile h hwm '
    .[-1].summary.proc_peak_rss_gb * 1e9 / $h[0] - 1 | fabs < 0.02' peak.jsonl)" true
memmon -q -i 60000 -o small.jsonl -- true
is "and is never that of memmon itself" "$(summary small.jsonl 'proc_peak_rss_gb // 0 | . < 0.0035')" true
perl -e '$x = "x" x 300_000_000; exit system(@ARGV) != 0' memmon -q -i 60000 -o large.jsonl -- perl peak.pl
is "what has started memmon does not matter, however large" "$(jq -s --slurpfile h hwm '
    .[-1].summary.proc_peak_rss_gb * 1e9 / $h[0] - 1 | fabs < 0.02' large.jsonl)" true
is "a child's peak is the command's, too" "$(memmon -q -i 60000 -- sh -c 'perl peak.pl; :' | tail -n 1 |
    jq '.summary.proc_peak_rss_gb > 0.1')" true

finish
