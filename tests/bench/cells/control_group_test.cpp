#include <filesystem>
#include <fstream>

#include "bench/cells/control_group.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

using bench::cells::GroupPeak;
using bench::cells::memory_groups;
using bench::cells::peak_file;

// A file is a control group's only in name: what is written stays, instead of resetting a counter.
TEST_CASE("a version 2 peak is reset for this reader and then read") {
  const TemporaryDirectory directory;
  const auto file = directory.write("memory.peak", "5000");
  GroupPeak peak(file.string());
  peak.reset();
  CHECK(contents_of(file).starts_with("0"));
  directory.write("memory.peak", "700\n");
  CHECK(peak.read() == 700U);
}

TEST_CASE("a version 1 peak is never written to and tells only what rose") {
  const TemporaryDirectory directory;
  const auto file = directory.write("memory.max_usage_in_bytes", "5000\n");
  GroupPeak peak(file.string());
  peak.reset();
  CHECK(contents_of(file) == "5000\n");
  CHECK_FALSE(peak.read().has_value());
  directory.write("memory.max_usage_in_bytes", "6000\n");
  CHECK(peak.read() == 6000U);
}

TEST_CASE("without a control group there is no peak") {
  GroupPeak none;
  none.reset();
  CHECK_FALSE(none.read().has_value());
  GroupPeak absent("/nonexistent/memory.peak");
  absent.reset();
  CHECK_FALSE(absent.read().has_value());
}

TEST_CASE("a peak that is no number is none") {
  const TemporaryDirectory directory;
  GroupPeak peak(directory.write("memory.max_usage_in_bytes", "max\n").string());
  CHECK_FALSE(peak.read().has_value());
}

TEST_CASE("the peak's file is that of the first memory group that has one") {
  const TemporaryDirectory directory;
  std::filesystem::create_directories(directory.path() / "memory/a");
  const auto file = directory.write("memory/a/memory.max_usage_in_bytes", "1\n");
  const auto membership = directory.write("cgroup", "4:cpu:/a\n3:hugetlb,memory:/a\n0::/a\n");
  const std::string mount = directory.path().string();
  CHECK(peak_file(memory_groups(membership.string(), mount)) == file.string());
  const auto root = directory.write("memory.peak", "1\n");
  std::filesystem::remove(file);
  CHECK(std::filesystem::equivalent(peak_file(memory_groups(membership.string(), mount)), root));
  std::filesystem::remove(root);
  CHECK(peak_file(memory_groups(membership.string(), mount)).empty());
}

}  // namespace
