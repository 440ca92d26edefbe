#include "bench/report/units.hpp"
#include "tests/support/catch.hpp"

TEST_CASE("counts have commas between thousands") {
  CHECK(bench::report::format_count(0) == "0");
  CHECK(bench::report::format_count(999) == "999");
  CHECK(bench::report::format_count(1000) == "1,000");
  CHECK(bench::report::format_count(18446744073709551615ULL) == "18,446,744,073,709,551,615");
}

TEST_CASE("times have three digits and the unit that fits") {
  CHECK(bench::report::format_ns(0) == "0 ns");
  CHECK(bench::report::format_ns(999) == "999 ns");
  CHECK(bench::report::format_ns(1000) == "1.00 us");
  CHECK(bench::report::format_ns(42300) == "42.3 us");
  CHECK(bench::report::format_ns(999999) == "1.00 ms");
  CHECK(bench::report::format_ns(3040000000) == "3.04 s");
  CHECK(bench::report::format_ns(5e12) == "5000 s");
}

TEST_CASE("bytes have the binary unit that fits") {
  CHECK(bench::report::format_bytes(48) == "48 B");
  CHECK(bench::report::format_bytes(20000) == "19.5 KiB");
  CHECK(bench::report::format_bytes(97228800) == "92.7 MiB");
  CHECK(bench::report::format_bytes(8e9) == "7.45 GiB");
  CHECK(bench::report::format_bytes(-3250586) == "-3.10 MiB");
}

TEST_CASE("growth below the kernel's resolution is not told as a number") {
  CHECK(bench::report::format_growth(0) == "<0.25 MiB");
  CHECK(bench::report::format_growth(262143) == "<0.25 MiB");
  CHECK(bench::report::format_growth(-262143) == "<0.25 MiB");
  CHECK(bench::report::format_growth(262144) == "256 KiB");
  CHECK(bench::report::format_growth(-262144) == "-256 KiB");
}
