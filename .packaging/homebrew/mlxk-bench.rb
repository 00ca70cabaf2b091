# SPDX-License-Identifier: Apache-2.0
# Homebrew's formula.  `make dist` writes it to build/dist with the release's address, DIST_URL=…, and checksum:
#   brew install --formula build/dist/mlxk-bench.rb
# Not tried on a Mac yet.
class MlxkBench < Formula
  desc "Samples, checks, reports and draws benchmark runs of LLMs"
  url "@URL@"
  sha256 "@SHA256@"
  license all_of: ["Apache-2.0", "BSD-3-Clause", "MIT"]

  depends_on "pkgconf" => :build
  depends_on "jansson"
  depends_on "libdeflate"
  depends_on "libidn2"
  depends_on "libunistring"
  depends_on "libyaml"
  depends_on "pcre2"

  def install
    system "make", "install", "PREFIX=#{prefix}", "CFLAGS=-O2"
  end

  test do
    sample = '{"ts": 1, "elapsed_s": 0, "ram_free_gb": 1.5}'
    passed = '{"schema_version": "0.1.0", "timestamp": "2026-11-23T01:49:05Z", "mlx_knife_version": "2.0.4", "test": "t", "outcome": "passed"}'
    assert_equal "#{sample}\n", pipe_output("#{bin}/validate", "#{sample}\n", 0)
    assert_match "ram_free_gb", shell_output("#{bin}/memmon -q -i 10 -d 0.1")
    assert_match "<html", pipe_output("#{bin}/memplot", "#{sample}\n", 0)
    assert_match "Benchmark Report", pipe_output("#{bin}/genreport", "#{passed}\n", 0)
  end
end
