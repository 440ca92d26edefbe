// Where tests find what they read and run.
#pragma once

#include <filesystem>

// The root of the source tree.
std::filesystem::path source_dir();
// The directory of the .beam files.
std::filesystem::path fixtures_dir();
// The purgebench executable of this build.
std::filesystem::path purgebench_executable();
