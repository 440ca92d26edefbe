// Replaces a file's contents. Symbolic links are followed and kept. A regular file, or a path where
// nothing exists, is replaced by rename; a device, a FIFO or a stream of this process is opened and
// written to.
#pragma once

#include <filesystem>
#include <string_view>

#include "bench/base/outcome.hpp"

namespace bench::report {

// When it replaces by rename, a reader sees the old text or the new one, never a mix; the mode is
// kept, and on failure the old text. If no file may be created in the directory, a regular file is
// written in place. A failure names `path`.
[[nodiscard]] Outcome<Done> replace_file(const std::filesystem::path& path, std::string_view text);

// Whether replace_file() may be expected to write there. Creates and opens nothing.
[[nodiscard]] bool can_replace_file(const std::filesystem::path& path);

// Removes unfinished replacements that killed processes left in `directory`. Nobody else may be
// replacing a file there.
void remove_unfinished_files(const std::filesystem::path& directory);

}  // namespace bench::report
