// Where tests find what they read and run. The build defines both.
#pragma once

#include <filesystem>

// The root of the source tree.
inline std::filesystem::path source_dir() { return PURGEBENCH_SOURCE_DIR; }
// The directory of the .beam files.
inline std::filesystem::path fixtures_dir() { return source_dir() / "tests/fixtures"; }
// The purgebench executable of this build.
inline std::filesystem::path purgebench_executable() { return PURGEBENCH_EXECUTABLE; }
