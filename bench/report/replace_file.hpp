// A file's new contents, wherever its path leads. Symbolic links are followed and stay. What is
// there stays what it is: nothing but a regular file, or nothing at all, is replaced by rename; a
// device, a FIFO or a stream of this process is opened and written to.
#pragma once

#include <filesystem>
#include <string_view>

#include "bench/base/outcome.hpp"

namespace bench::report {

// Where it replaces by rename, a reader sees the old text or the new, never half of one; the file's
// mode stays, and on failure so does the old text. A regular file in whose directory nothing may be
// made is written in place. A failure names `path`.
[[nodiscard]] Outcome<Done> replace_file(const std::filesystem::path& path, std::string_view text);

// Whether replace_file() may be expected to write there. Creates and opens nothing.
[[nodiscard]] bool can_replace_file(const std::filesystem::path& path);

// Removes what a killed process has left of a replacement in `directory`, where nobody else may be
// replacing a file.
void remove_unfinished_files(const std::filesystem::path& directory);

}  // namespace bench::report
