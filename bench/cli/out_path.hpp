// Where a run's results go: checked before anything is created.
#pragma once

#include <filesystem>
#include <string>

#include "bench/base/outcome.hpp"

namespace bench::cli {

// `results/<UTC time>-<commit>` below the current directory; it may exist already.
[[nodiscard]] std::filesystem::path default_run_dir();

// Creates `dir` or, if that exists, `dir`-2, `dir`-3, ..., with its parents: a directory that no
// other run uses, even if started at the same time.
[[nodiscard]] Outcome<std::filesystem::path> make_run_dir(const std::filesystem::path& dir);

// Whether a run can go to `dir`: it is absent and can be created, or is an empty writable
// directory. With `resume` it need not be empty. Creates nothing. A failure names `flag`.
[[nodiscard]] Outcome<Done> check_run_dir(const std::string& flag, const std::filesystem::path& dir,
                                          bool resume);

// Whether `file` can be written. Creates nothing. A failure names `flag`.
[[nodiscard]] Outcome<Done> check_out_file(const std::string& flag,
                                           const std::filesystem::path& file);

// Points the link `latest` beside the run to it. Anything there but a link is kept and is a
// failure.
[[nodiscard]] Outcome<Done> link_latest(const std::filesystem::path& dir);

}  // namespace bench::cli
