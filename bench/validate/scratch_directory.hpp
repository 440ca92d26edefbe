// A directory for files of one run, removed by the destructor.
#pragma once

#include <filesystem>

#include "bench/base/outcome.hpp"

namespace bench::validate {

class ScratchDirectory {
 public:
  // Below TMPDIR, or /tmp; its path is absolute.
  [[nodiscard]] static Outcome<ScratchDirectory> make();

  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ScratchDirectory(ScratchDirectory&& other) noexcept { path_.swap(other.path_); }
  ScratchDirectory& operator=(ScratchDirectory&&) = delete;
  ~ScratchDirectory();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  explicit ScratchDirectory(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace bench::validate
