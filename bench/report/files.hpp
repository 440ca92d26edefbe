// Whole files in, whole files out. Every failure names the file and says what the system said.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "bench/report/outcome.hpp"

namespace bench {

inline constexpr std::size_t kMaxReadBytes = std::size_t{1} << 30;

// "cannot <verb> <path>: <what errno says>".
[[nodiscard]] Failure system_failure(std::string_view verb, const std::filesystem::path& path,
                                     int error);

// The contents of a file or pipe of at most kMaxReadBytes.
[[nodiscard]] Outcome<std::string> read_file(const std::filesystem::path& path);

// Replaces the file's contents by rename, so that a reader sees the old text or the new, never half
// of one. On failure the old file stands.
[[nodiscard]] Outcome<Done> replace_file(const std::filesystem::path& path, std::string_view text);

// Appends all of `text` to a descriptor opened with O_APPEND, or, on failure, none of it. A full
// disk (ENOSPC) and a file size limit (EFBIG) are failures like any other; no signal reaches the
// process.
[[nodiscard]] Outcome<Done> append_all(int fd, std::string_view text,
                                       const std::filesystem::path& path);

}  // namespace bench
