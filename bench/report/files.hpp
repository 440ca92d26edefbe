// Reading whole files and appending to one (replace_file.hpp writes whole files). Every failure
// names the file and the system's error.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "bench/base/outcome.hpp"

namespace bench::report {

inline constexpr std::size_t kMaxReadBytes = std::size_t{1} << 30;

// "cannot <verb> <path>: <strerror>".
[[nodiscard]] Failure system_failure(std::string_view verb, const std::filesystem::path& path,
                                     int error);

// The contents of a file or pipe of at most kMaxReadBytes.
[[nodiscard]] Outcome<std::string> read_file(const std::filesystem::path& path);

// Appends all of `text` to a descriptor opened with O_APPEND, or, on failure, none of it.
[[nodiscard]] Outcome<Done> append_all(int fd, std::string_view text,
                                       const std::filesystem::path& path);

}  // namespace bench::report
