# SPDX-License-Identifier: Apache-2.0
# What was measured, as tables in Markdown: jq -rs [--arg part summary] -f tables.jq results.jsonl
#
# A result is a line of run.c or sampling.sh.  Printed are the machine, a table for each group that was measured, and at the
# end the summary: all tools in one table, and how they grow.  `--arg part summary` leaves the tables between out.

# ---- Numbers as text
def fixed($d):
  (. * pow(10; $d) | round | tostring) as $n
  | if $d == 0 then $n
    else (("0" * ([$d + 1 - ($n | length), 0] | max) // "") + $n) | .[:-$d] + "." + .[-$d:] end;
def three: fixed(if . < 9.995 then 2 elif . < 99.95 then 1 else 0 end);
def as_time: if . < 0.09995 then "\(. * 1e3 | three) ms" else "\(three) s" end; # seconds
def as_us: "\(three) µs";
def as_ms: "\(three) ms";
def as_rate: "\(fixed(0)) MB/s";
def as_mb: three;
def as_size: if . < 99950 then "\(. / 1e3 | three) kB" elif . < 999500 then "\(. / 1e3 | fixed(0)) kB" else "\(. / 1e6 | three) MB" end;

def as_output: if . < 1000 then "–" else as_size end; # a count, or nothing

# ---- Markdown
def pad($n; $left): (" " * ($n - length) // "") as $blank | if $left then . + $blank else $blank + . end;
# Rows of texts, the first of them the head, which has "<" before what stands on the left.
def table:
  (.[0] | map(startswith("<"))) as $left
  | (.[0] |= map(ltrimstr("<")))
  | . as $rows
  | [range(0; $left | length) as $c | [$rows[][$c] | length, 3] | max] as $width
  | def line: [range(0; $left | length) as $c | .[$c] | pad($width[$c]; $left[$c])] | "| \(join(" | ")) |";
    ($rows[0] | line),
    "|\([range(0; $left | length) as $c | "-" * ($width[$c] + 1) | if $left[$c] then ":" + . else . + ":" end] | join("|"))|",
    ($rows[1:][] | line),
    "";

# ---- Contestants
def by_wall: .basis == "wall" or (.basis == "less" and .wall_s < .cpu_s);
def time: if by_wall then .wall_s else .cpu_s end; # seconds, what counts
def time_of($bytes): time * $bytes / .bytes;
# The one that is quickest at what counts; null where there is none.
def best_peer(f): map(select(.who == "peer" and (.failed | not))) | min_by(f);
def best_peer: best_peer(time / .bytes);

# A group's table, in the order of the plan; the first is whom the others are compared with.
def details($title):
  .[0] as $first
  | [["<" + $title, "CPU s", "wall s", "MB/s", "peak MB", "output", "x ours"],
     (.[] | if .failed then [.name, "failed", "", "", "", "", ""] else
       ($first.bytes / .bytes) as $scale
       | (if $scale > 1 then "~" else "" end) as $part
       | [.name, $part + (.cpu_s * $scale | fixed(3)), $part + (.wall_s * $scale | fixed(3)) + (if by_wall then "*" else "" end),
          (.bytes / time / 1e6 | fixed(0)), (.peak_mb | as_mb), (.out_bytes | as_output),
          (time_of($first.bytes) / ($first | time) | fixed(2))] end)]
  | table;

def fast_details:
  [["<a sample each ms", "samples", "missed", "CPU µs a sample", "late p50 ms", "late p99 ms"],
   (.[] | [.name, "\(.samples)", "\(.missed)", (.cpu_us | three), (.late_p50_ms | fixed(3)), (.late_p99_ms | fixed(3))])]
  | table;

def slow_details:
  [["<a monitor, all of it", "interval ms", "CPU µs a sample", "start ms", "peak MB"],
   (sort_by(.cpu_us)[] | [.name, "\(.interval_ms)", (.cpu_us | three), (.start_ms | three), (.peak_mb | as_mb)])]
  | table;

def page_details:
  [["<a page in Chromium", "first paint s", "all data s", "frames/s, panned", "script ms a frame"],
   (.[] | if .failed then [.name, "failed", "", "", ""] else
     [.name, (.paint_s | if . then fixed(2) else "–" end), (.opened_s | fixed(2)), (.frames_per_s | fixed(0)), (.script_ms | fixed(1))] end)]
  | table;

def titles: [
  ["parse-tests", "parse a week's tests"],
  ["parse-samples", "parse a day's samples"],
  ["validate-report-v0.2.2", "check a week's tests by report-v0.2.2"],
  ["validate-unevaluated", "check them by unevaluated"],
  ["validate-anyof", "check them by anyof"],
  (["records", "check all records of"], ["report", "report on"], ["timeline", "timeline of"]
   | . as [$group, $title] | ["run", "the run"], ["hour", "an hour"], ["day", "a day"], ["week", "a week"]
   | ["\($group)-\(.[0])", "\($title) \(.[1])"]),
  ["report-baseline", "report on a day, compared with another"]
];

# ---- The summary.  Goals: MB/s at least, or seconds, MB of memory and bytes of output at most, or times the floor.
def works: [
  {group: "parse-tests", work: "parse a week's tests", rate: 1000},
  {group: "parse-samples", work: "parse a day's samples", rate: 1000},
  {group: "validate-report-v0.2.2", ours: "validate -j 1", work: "validate a week's tests, one thread", s: 0.2},
  {group: "validate-report-v0.2.2", ours: "validate -j 2", work: "validate a week's tests, two threads", s: 0.12},
  {group: "report-run", work: "report on the run"},
  {group: "report-day", work: "report on a day"},
  {group: "report-week", work: "report on a week", s: 3, mb: 300},
  {group: "report-baseline", work: "report on a day, compared with another"},
  {group: "timeline-run", work: "timeline of the run", s: 0.02, out: 250e3},
  {group: "timeline-day", work: "timeline of a day", s: 0.6, out: 4e6},
  {group: "timeline-week", work: "timeline of a week", s: 4, out: 25e6}
];

def goal($c):
  [if .rate then {text: "≥ \(.rate | as_rate)", met: ($c.bytes / ($c | time) / 1e6 >= .rate)} else empty end,
   if .s then {text: "≤ \(.s | as_time)", met: (($c | time) <= .s)} else empty end,
   if .mb then {text: "≤ \(.mb) MB", met: ($c.peak_mb <= .mb)} else empty end,
   if .out then {text: "≤ \(.out | as_size)", met: ($c.out_bytes <= .out)} else empty end]
  | if length == 0 then "–"
    else "\(map(.text) | join(", ")): \(if all(.met) then "met" else "**missed**" end)" end;

# A row of work that is done once, out of the group's contestants.
def once($work):
  (if $work.ours then map(select(.name == $work.ours)) else . end)[0] as $c
  | best_peer as $peer
  | (if $work.rate then ($c.bytes / ($c | time) / 1e6 | as_rate) else ($c | time | as_time) end) as $told
  | [$work.work, $told,
     (if $peer then "\($peer.name): \(if $work.rate then ($peer.bytes / ($peer | time) / 1e6 | as_rate)
       else ($peer | time_of($c.bytes) | as_time) end)" else "nothing comparable" end),
     (if $peer then ($peer | time_of($c.bytes)) / ($c | time) | fixed(2) else "–" end),
     ($work | goal($c)), ($c.peak_mb | as_mb), ($c.out_bytes | as_output)];

def floor_goal($value; $floor; $times):
  "≤ \($times) x floor: \(if $value <= $times * $floor then "met" else "**missed**" end) (\($value / $floor | fixed(2)))";

# Rows of memmon: what counts there is the distance to a program that only reads.
def fast_rows:
  (map(select(.who == "ours"))[0]) as $c | (map(select(.who == "floor"))[0]) as $f
  | ["a sample each ms: CPU of one", ($c.cpu_us | as_us), "floor: \($f.cpu_us | as_us)", ($f.cpu_us / $c.cpu_us | fixed(2)),
     floor_goal($c.cpu_us; $f.cpu_us; 1.5), "–", "–"],
    ["… late, of 99 in 100 at most", ($c.late_p99_ms | as_ms), "floor: \($f.late_p99_ms | as_ms)",
     ($f.late_p99_ms / $c.late_p99_ms | fixed(2)), floor_goal($c.late_p99_ms; $f.late_p99_ms; 1.2), "–", "–"],
    ["… missed, of \($c.samples + $c.missed)", "\($c.missed)", "floor: \($f.missed)", "–",
     (if $c.missed == 0 then "0: met" else "0: **missed**" end), "–", "–"];

def slow_rows:
  (map(select(.name == "memmon"))[0]) as $c | (map(select(.who == "floor"))[0]) as $f
  | (map(select(.interval_ms == $c.interval_ms)) | best_peer(.cpu_us)) as $peer
  | ["a sample each 200 ms: CPU of one", ($c.cpu_us | as_us),
     (if $peer then "\($peer.name): \($peer.cpu_us | as_us)" else "nothing comparable" end),
     (if $peer then $peer.cpu_us / $c.cpu_us | fixed(2) else "–" end),
     floor_goal($c.cpu_us; $f.cpu_us; 1.5), ($c.peak_mb | as_mb), "–"];

# Pages of a day are compared; plotly and ECharts are not asked for a week.
def page_rows:
  best_peer(.opened_s) as $peer
  | def ours($name): map(select(.name == $name and (.failed | not)))[];
    def met: if . then "met" else "**missed**" end;
    (ours("memplot, a day")
     | ["page of a day, opened in Chromium", (.opened_s | as_time),
        (if $peer then "\($peer.name): \($peer.opened_s | as_time)" else "nothing comparable" end),
        (if $peer then $peer.opened_s / .opened_s | fixed(2) else "–" end), "–", "–", "–"]),
    (ours("memplot, a week")
     | ["page of a week, opened", (.opened_s | as_time), "–", "–", "≤ 2.00 s: \(.opened_s <= 2 | met)", "–", "–"],
       ["page of a week, panned", "\(.frames_per_s | fixed(0)) frames/s", "–", "–", "≥ 60: \(.frames_per_s >= 59.5 | met)", "–", "–"]);

def summary:
  [["<work", "ours", "<best peer here", "x ours", "<goal", "peak MB", "output"],
   (. as $groups | works[] | . as $work | $groups[.group] // empty | once($work)),
   (.page // empty | page_rows),
   (.["memmon-1ms"] // empty | fast_rows),
   (.["memmon-200ms"] // empty | slow_rows)]
  | table;

def growth:
  . as $groups
  | [["records", "validate -j 1"], ["report", "genreport"], ["timeline", "memplot"]]
  | map(. as [$group, $name]
      | ["hour", "day", "week"] | map($groups["\($group)-\(.)"] | arrays | map(select(.name == $name))[0])
      | select(length == 3)
      | [$name, (.[] | .cpu_s | as_time), (.[] | .bytes / .cpu_s / 1e6 | fixed(0)), (.[] | .peak_mb | as_mb)])
  | select(length > 0)
  | [["<growth", "CPU: hour", "day", "week", "MB/s: hour", "day", "week", "peak MB: hour", "day", "week"], .[]]
  | table;

def machine:
  "\(.cpu), \(.cores) cores, \(.system), \(.compiler); \(.commit) of \(.date | strftime("%Y-%m-%d")). "
  + (if .rounds == 1 then "One round" else "The least of \(.rounds) rounds" end) + ", begun at a load of \(.load)."
  + (if .load > .cores / 4 then " **The machine was busy with other work, so times are too long.**" else "" end),
  "";

(map(select(.group == "machine"))[0] | machine),
(map(select(.group != "machine")) | group_by(.group) | map({key: .[0].group, value: .}) | from_entries
 | if $ARGS.named.part != "summary" then
     (. as $groups | titles[] | . as [$group, $title] | $groups[$group] // empty | details($title)),
     (.page // empty | page_details),
     (.["memmon-1ms"] // empty | fast_details),
     (.["memmon-200ms"] // empty | slow_details)
   else empty end,
   summary, growth)
