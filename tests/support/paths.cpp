#include "tests/support/paths.hpp"

// The build defines both macros, for this file alone.
std::filesystem::path source_dir() { return PURGEBENCH_SOURCE_DIR; }
std::filesystem::path fixtures_dir() { return source_dir() / "tests/fixtures"; }
std::filesystem::path purgebench_executable() { return PURGEBENCH_EXECUTABLE; }
