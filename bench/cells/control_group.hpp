// The control groups that this process is in, and the highest memory use of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bench::cells {

// A group that accounts memory, as a directory.
struct ControlGroup {
  int version = 0;    // 1 or 2
  std::string mount;  // where its hierarchy is mounted
  std::string path;   // below the mount, beginning with '/'
};

// Those of `membership` (/proc/self/cgroup) whose hierarchies lie in `mount` (/sys/fs/cgroup).
[[nodiscard]] std::vector<ControlGroup> memory_groups(const std::string& membership,
                                                      const std::string& mount);

// The most memory that a group had in use since reset(), everybody's in it. Reading and resetting
// allocate nothing.
//
// Version 2 keeps a peak for every reader that asks (memory.peak, since Linux 6.12). Elsewhere the
// peak is the group's since it was made or since somebody else reset it, so it says something only
// when it rises.
class GroupPeak {
 public:
  // Without a group: nothing is ever read.
  GroupPeak() = default;
  // `file` is memory.peak, or memory.max_usage_in_bytes of version 1, which is never written to: a
  // reset there would be everybody's.
  explicit GroupPeak(const std::string& file);
  ~GroupPeak();
  GroupPeak(const GroupPeak&) = delete;
  GroupPeak& operator=(const GroupPeak&) = delete;

  void reset() noexcept;
  // Bytes; empty when the kernel does not tell.
  [[nodiscard]] std::optional<std::uint64_t> read() const noexcept;

 private:
  [[nodiscard]] std::optional<std::uint64_t> read_file() const noexcept;

  int fd_ = -1;
  bool own_ = false;                     // it is this reader's peak alone
  std::optional<std::uint64_t> before_;  // an older peak, at the last reset()
};

// The file for GroupPeak of the first group that has one; empty: none has.
[[nodiscard]] std::string peak_file(const std::vector<ControlGroup>& groups);

}  // namespace bench::cells
