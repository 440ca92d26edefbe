// The control groups of this process, and their peak memory use.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bench::cells {

// A group with memory accounting, as a directory.
struct ControlGroup {
  int version = 0;    // 1 or 2
  std::string mount;  // where its hierarchy is mounted
  std::string path;   // below the mount, beginning with '/'
};

// The groups in `membership` (/proc/self/cgroup) with hierarchies under `mount` (/sys/fs/cgroup).
[[nodiscard]] std::vector<ControlGroup> memory_groups(const std::string& membership,
                                                      const std::string& mount);

// The peak memory use of a group since reset(), all its processes together. Reading and resetting
// allocate nothing.
//
// Version 2 keeps a peak per open file (memory.peak, since Linux 6.12). Elsewhere the peak counts
// from the group's creation or somebody else's reset, so it is meaningful only when it rises.
class GroupPeak {
 public:
  // Without a group: read() is always empty.
  GroupPeak() = default;
  // `file` is memory.peak, or memory.max_usage_in_bytes of version 1, which is never written to: a
  // reset would affect every reader.
  explicit GroupPeak(const std::string& file);
  ~GroupPeak();
  GroupPeak(const GroupPeak&) = delete;
  GroupPeak& operator=(const GroupPeak&) = delete;

  void reset() noexcept;
  // Bytes; empty if unavailable.
  [[nodiscard]] std::optional<std::uint64_t> read() const noexcept;

 private:
  [[nodiscard]] std::optional<std::uint64_t> read_file() const noexcept;

  int fd_ = -1;
  bool own_ = false;                     // the peak belongs to this reader
  std::optional<std::uint64_t> before_;  // an older peak, at the last reset()
};

// The peak file of the first group that has one, for GroupPeak; may be empty.
[[nodiscard]] std::string peak_file(const std::vector<ControlGroup>& groups);

}  // namespace bench::cells
