#include <string>

#include "bench/cells/memory_probe.hpp"
#include "tests/support/catch.hpp"

namespace {

// As Linux writes it, with a line more whose name ends like another's.
constexpr const char* kStatus = "Name:\tVmRSS: 1 kB\n"
                                "XVmSize:\t      7 kB\n"
                                "VmPeak:\t    5000 kB\n"
                                "VmSize:\t    4000 kB\n"
                                "VmLck:\t       0 kB\n"
                                "VmHWM:\t    3000 kB\n"
                                "VmRSS:\t    2000 kB\n"
                                "RssAnon:\t    1500 kB\n"
                                "RssFile:\t     400 kB\n"
                                "RssShmem:\t     100 kB\n";

}  // namespace

TEST_CASE("each figure of a status text is that of its own line, in bytes") {
  const bench::cells::Residency residency = bench::cells::parse_residency(kStatus);
  CHECK(residency.rss == 2000 * 1024);
  CHECK(residency.anonymous == 1500 * 1024);
  CHECK(residency.peak_rss == 3000 * 1024);
  CHECK(residency.virtual_size == 4000 * 1024);
  CHECK(residency.virtual_peak == 5000 * 1024);
}

TEST_CASE("a status text without a line has 0 for it") {
  const bench::cells::Residency residency =
      bench::cells::parse_residency("Name:\tx\nVmRSS:\t 8 kB\n");
  CHECK(residency.rss == 8 * 1024);
  CHECK(residency.anonymous == 0);
  CHECK(residency.virtual_peak == 0);
  CHECK(bench::cells::parse_residency("").rss == 0);
  CHECK(bench::cells::parse_residency("Name:\tx\nVmRSS:").rss == 0);
}

TEST_CASE("the anonymous peak is the peak less what files and shared memory hold") {
  CHECK(bench::cells::parse_residency(kStatus).peak_anonymous() == 2500 * 1024);
}

TEST_CASE("the anonymous peak is never below what is resident now") {
  bench::cells::Residency residency;
  residency.rss = 100;
  residency.anonymous = 60;
  residency.peak_rss = 90;  // the kernel's counters are not exact
  CHECK(residency.peak_anonymous() == 60);
  residency.peak_rss = 10;
  CHECK(residency.peak_anonymous() == 60);
}

TEST_CASE("this process has an address space of at least what is resident of it") {
  const bench::cells::Residency residency = bench::cells::read_residency();
  CHECK(residency.virtual_size >= residency.rss);
  CHECK(residency.virtual_peak >= residency.virtual_size);
}
