#include "bench/cells/memory_probe.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bench::cells {

namespace {

constexpr std::size_t kStatusBytes = 8192;

// The value of a line like "VmRSS:     1234 kB", in bytes. `key` begins with the preceding newline.
std::uint64_t kib_field(std::string_view status, std::string_view key) noexcept {
  const std::size_t at = status.find(key);
  if (at == std::string_view::npos) return 0;
  std::string_view rest = status.substr(at + key.size());
  rest.remove_prefix(std::min(rest.find_first_of("0123456789"), rest.size()));
  std::uint64_t kib = 0;
  std::from_chars(rest.data(), rest.data() + rest.size(), kib);
  return 1024 * kib;
}

}  // namespace

Residency parse_residency(std::string_view status) noexcept {
  return {.rss = kib_field(status, "\nVmRSS:"),
          .anonymous = kib_field(status, "\nRssAnon:"),
          .peak_rss = kib_field(status, "\nVmHWM:"),
          .virtual_size = kib_field(status, "\nVmSize:"),
          .virtual_peak = kib_field(status, "\nVmPeak:")};
}

Residency read_residency() noexcept {
  std::array<char, kStatusBytes> text;
  const int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  const ssize_t bytes = read(fd, text.data(), text.size());
  close(fd);
  if (bytes <= 0) return {};
  return parse_residency({text.data(), static_cast<std::size_t>(bytes)});
}

bool reset_peak() noexcept {
  const int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool done = write(fd, "5", 1) == 1;
  close(fd);
  return done;
}

std::uint64_t minor_faults() noexcept {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_minflt);
}

}  // namespace bench::cells
