# SPDX-License-Identifier: Apache-2.0
# A formatter for prove that also writes one test record (schema 0.2.2, see jsonl(5)) a test, as JSON Lines,
# to the file $BENCHMARK_RECORDS.  The screen shows what prove always shows, and at the end of each failed test its
# title and what it says of itself in comments.
#
#     prove -I t/harness --formatter BenchmarkRecords …
#
# A test's duration is the time since the test before it in the same program.
package BenchmarkRecords;

use strict;
use warnings;
use parent 'TAP::Formatter::Console';

use JSON::PP ();
use POSIX    ();
use Time::HiRes;

my $json = JSON::PP->new->canonical->ascii;
my $records;
my %seen;
my @failures;    # lists of lines

sub version {
    open my $config, '<', 'config.mk' or die "config.mk: $!";
    my ($version) = map { /^VERSION = (\S+)/ ? $1 : () } <$config>;
    return $version;
}

sub timestamp {
    my ($seconds) = @_;
    return POSIX::strftime('%Y-%m-%dT%H:%M:%S', gmtime $seconds)
        . sprintf('.%06dZ', ($seconds - int $seconds) * 1e6);
}

# What is running at a time is shown on a terminal, where it can be wiped out again.
sub _output {
    my ($self, @text) = @_;
    $self->SUPER::_output(@text) unless $text[0] =~ /^\r/ && !-t STDOUT;
}

# Where and what: "t/unit/lib-parse.c::accepts_utf8", "t/validate.t::names the line".  An id stands for one test, so a
# title that comes again is numbered.
sub node_id {
    my ($program, $description) = @_;
    my $id;
    if ($description =~ m{^- (t/unit/\S+\.c):[^:]*:(\w+)}) {
        $id = "$1::$2";
    } else {
        $description =~ s/^- //;
        $id = "${program}::$description";
    }
    my $times = ++$seen{$id};
    return $times > 1 ? "$id ($times)" : $id;
}

sub write_record {
    my ($program, $test, $start, $end) = @_;
    my %record = (
        schema_version    => '0.2.2',
        timestamp         => timestamp($end),
        mlx_knife_version => version(),
        test              => node_id($program, $test->description),
        outcome           => $test->has_skip ? 'skipped' : $test->is_ok ? 'passed' : 'failed',
        duration          => 0 + sprintf('%.6f', $end - $start),
        test_start_ts     => 0 + sprintf('%.6f', $start),
        test_end_ts       => 0 + sprintf('%.6f', $end),
    );
    $record{metadata} = { skip_reason => $test->explanation } if $test->has_skip;
    if (!$records) {
        open $records, '>', $ENV{BENCHMARK_RECORDS} or die "$ENV{BENCHMARK_RECORDS}: $!";
        $records->autoflush(1);
    }
    print {$records} $json->encode(\%record), "\n" or die "$ENV{BENCHMARK_RECORDS}: $!";
}

sub open_test {
    my ($self, $program, $parser) = @_;
    my $last  = Time::HiRes::time;
    my $about = [];    # lines of the program's last test, if it has failed
    $parser->callback(
        test => sub {
            my ($test) = @_;
            my $now = Time::HiRes::time;
            write_record($program, $test, $last, $now) if $ENV{BENCHMARK_RECORDS};
            $last  = $now;
            $about = [];
            return if $test->is_ok;
            push @$about, "$program: " . $test->as_string;
            push @failures, $about;
        }
    );
    $parser->callback(comment => sub { push @$about, '    ' . $_[0]->as_string });
    return $self->SUPER::open_test($program, $parser);
}

sub summary {
    my ($self, @arguments) = @_;
    $self->_output(map { "$_\n" } '', 'Failed tests', '------------', map { @$_ } @failures) if @failures;
    return $self->SUPER::summary(@arguments);
}

1;
