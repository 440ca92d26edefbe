#include "bench/cells/control_group.hpp"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <fstream>
#include <string_view>
#include <unistd.h>

namespace bench::cells {

namespace {

constexpr std::string_view kPeakFile = "memory.peak";
constexpr std::string_view kOldPeakFile = "memory.max_usage_in_bytes";

bool lists_memory(const std::string& controllers) {
  return ("," + controllers + ",").find(",memory,") != std::string::npos;
}

}  // namespace

std::vector<ControlGroup> memory_groups(const std::string& membership, const std::string& mount) {
  std::vector<ControlGroup> groups;
  std::ifstream lines(membership);
  // "0::/path" in version 2, "4:memory:/path" in version 1.
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    std::string path = line.substr(second + 1);
    if (controllers.empty())
      groups.push_back({2, mount, std::move(path)});
    else if (lists_memory(controllers))
      groups.push_back({1, mount + "/memory", std::move(path)});
  }
  return groups;
}

std::string peak_file(const std::vector<ControlGroup>& groups) {
  for (const ControlGroup& group : groups) {
    // In a container the group's path may lie outside the mount, whose root is then the group.
    for (const std::string& directory : {group.mount + group.path, group.mount}) {
      std::string file =
          directory + "/" + std::string(group.version == 2 ? kPeakFile : kOldPeakFile);
      if (::access(file.c_str(), R_OK) == 0) return file;
    }
  }
  return {};
}

GroupPeak::GroupPeak(const std::string& file) {
  if (file.empty()) return;
  own_ = file.ends_with(kPeakFile);
  if (own_) fd_ = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (fd_ >= 0) return;
  own_ = false;
  fd_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
}

GroupPeak::~GroupPeak() {
  if (fd_ >= 0) ::close(fd_);
}

void GroupPeak::reset() noexcept {
  if (own_ && ::pwrite(fd_, "0", 1, 0) == 1) return before_.reset();
  own_ = false;
  before_ = read_file();
}

std::optional<std::uint64_t> GroupPeak::read() const noexcept {
  const auto now = read_file();
  return before_ && now && *now <= *before_ ? std::nullopt : now;
}

std::optional<std::uint64_t> GroupPeak::read_file() const noexcept {
  if (fd_ < 0) return std::nullopt;
  std::array<char, 32> text{};
  const ssize_t bytes = ::pread(fd_, text.data(), text.size(), 0);
  if (bytes <= 0) return std::nullopt;
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + bytes, value);
  return read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

}  // namespace bench::cells
