#include "bench/cli/out_path.hpp"

#include <cerrno>
#include <chrono>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "bench/build_info.hpp"
#include "bench/report/files.hpp"
#include "bench/report/replace_file.hpp"

namespace bench::cli {
namespace fs = std::filesystem;
namespace {

bool is_taken(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() != fs::file_type::not_found;
}

// The directory in which the first missing part of `path` would be created; `path` itself if it
// exists.
fs::path nearest_existing(const fs::path& path) {
  std::error_code error;
  fs::path at = fs::absolute(path, error).lexically_normal();
  while (!is_taken(at) && at != at.root_path()) at = at.parent_path();
  return at;
}

bool is_writable_directory(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) && ::access(path.c_str(), W_OK | X_OK) == 0;
}

}  // namespace

fs::path default_run_dir() {
  return fs::path("results") /
         fmt::format("{:%Y%m%dT%H%M%SZ}-{}", fmt::gmtime(std::time(nullptr)), build_info::kCommit);
}

Outcome<fs::path> make_run_dir(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir.parent_path(), error);
  fs::path made = dir;
  for (int number = 2; ::mkdir(made.c_str(), 0777) != 0; ++number) {
    if (errno != EEXIST) return report::system_failure("create", made, errno);
    made = dir;
    made += fmt::format("-{}", number);
  }
  return made;
}

Outcome<Done> check_run_dir(const std::string& flag, const fs::path& dir, bool resume) {
  if (dir.empty()) return Failure{fmt::format("{} takes the path of a directory", flag)};
  const fs::path existing = nearest_existing(dir);
  std::error_code error;
  if (!is_writable_directory(existing)) {
    return Failure{fmt::format("{} {}: {} is not a writable directory", flag, dir.string(),
                               existing.string())};
  }
  const bool there = is_taken(dir);
  if (there && !resume && !fs::is_empty(dir, error)) {
    return Failure{fmt::format("{} {} is not empty", flag, dir.string())};
  }
  return Done{};
}

Outcome<Done> check_out_file(const std::string& flag, const fs::path& file) {
  if (file.empty()) return Failure{fmt::format("{} takes the path of a file", flag)};
  if (!report::can_replace_file(file)) {
    return Failure{fmt::format("{} {} cannot be written", flag, file.string())};
  }
  return Done{};
}

Outcome<Done> link_latest(const fs::path& dir) {
  const fs::path link = dir.parent_path() / "latest";
  std::error_code error;
  if (is_taken(link) && !fs::is_symlink(link, error)) {
    return Failure{
        fmt::format("{} is not a link, so it was not pointed to the new run", link.string())};
  }
  // Created under another name and renamed, so that the link always exists.
  const fs::path fresh = dir.parent_path() / fmt::format(".latest-{}", ::getpid());
  fs::create_symlink(dir.filename(), fresh, error);
  if (!error) fs::rename(fresh, link, error);
  if (!error) return Done{};
  std::error_code ignored;
  fs::remove(fresh, ignored);
  return Failure{fmt::format("cannot make {}: {}", link.string(), error.message())};
}

}  // namespace bench::cli
