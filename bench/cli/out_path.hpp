// Where a run's results go: checked before anything is created.
#pragma once

#include <filesystem>
#include <string>

#include "bench/base/outcome.hpp"

namespace bench::cli {

// `results/<UTC time>-<commit>` below the current directory, which may be taken.
[[nodiscard]] std::filesystem::path default_run_dir();

// Makes `dir` or, where that is there, `dir`-2, `dir`-3, ..., and its parents: a directory that no
// other run has, even of runs started at once.
[[nodiscard]] Outcome<std::filesystem::path> make_run_dir(const std::filesystem::path& dir);

// Whether a run can go to `dir`: it is absent and can be made, or is an empty directory that can be
// written to. With `resume` it need not be empty. Creates nothing. A failure names `flag`.
[[nodiscard]] Outcome<Done> check_run_dir(const std::string& flag, const std::filesystem::path& dir,
                                          bool resume);

// Whether `file` can be written. Creates nothing. A failure names `flag`.
[[nodiscard]] Outcome<Done> check_out_file(const std::string& flag,
                                           const std::filesystem::path& file);

// Makes `latest` beside the run point to it, in place of what it pointed to before. Anything there
// but a link stays, and is the failure.
[[nodiscard]] Outcome<Done> link_latest(const std::filesystem::path& dir);

}  // namespace bench::cli
