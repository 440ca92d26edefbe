#include "bench/report/run_folder.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string_view>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "bench/report/files.hpp"
#include "bench/report/replace_file.hpp"
#include "bench/report/row_lines.hpp"
#include "engine/base/result.hpp"

namespace bench::report {

namespace fs = std::filesystem;

namespace {

// Makes sure that `dir` is a directory.
Outcome<Done> make_directory(const fs::path& dir) {
  std::error_code error;
  fs::create_directories(dir, error);
  if (error) return system_failure("create", dir, error.value());
  return Done{};
}

Outcome<bool> holds_nothing(const fs::path& dir) {
  std::error_code error;
  const bool empty = fs::is_empty(dir, error);
  if (error) return system_failure("read", dir, error.value());
  return empty;
}

constexpr std::string_view kBeforeContext = "{\n\"context\": ";

// run.json from where its context ends.
std::string benchmarks_text(std::span<const std::string> lines) {
  std::string text = ",\n\"benchmarks\": [";
  std::string_view separator = "\n";
  for (const auto& line : lines) {
    text += separator;
    text += line;
    separator = ",\n";
  }
  return text + "\n]\n}\n";
}

}  // namespace

RunFolder::RunFolder(fs::path dir, std::string context, int fd)
    : dir_(std::move(dir)), context_(std::move(context)), fd_(fd) {}

RunFolder::RunFolder(RunFolder&& other) noexcept
    : dir_(std::move(other.dir_)),
      context_(std::move(other.context_)),
      fd_(std::exchange(other.fd_, -1)),
      rows_(std::move(other.rows_)),
      lines_(std::move(other.lines_)),
      in_cells_file_(other.in_cells_file_),
      in_run_file_(other.in_run_file_),
      expected_(other.expected_),
      kept_(std::move(other.kept_)) {}

RunFolder& RunFolder::operator=(RunFolder&& other) noexcept {
  dir_ = std::move(other.dir_);
  context_ = std::move(other.context_);
  std::swap(fd_, other.fd_);
  rows_ = std::move(other.rows_);
  lines_ = std::move(other.lines_);
  in_cells_file_ = other.in_cells_file_;
  in_run_file_ = other.in_run_file_;
  expected_ = other.expected_;
  kept_ = std::move(other.kept_);
  return *this;
}

RunFolder::~RunFolder() {
  if (fd_ >= 0) close(fd_);
}

Outcome<RunFolder> RunFolder::create(const fs::path& dir, std::string context) {
  BEAM_CHECK(make_directory(dir));
  BEAM_TRY(const auto empty, holds_nothing(dir));
  if (!empty) return Failure{fmt::format("{} is not empty", dir.string())};
  return open(dir, std::move(context), O_EXCL);
}

Outcome<RunFolder> RunFolder::resume(const fs::path& dir, std::string context,
                                     const RunIdentity& identity) {
  BEAM_CHECK(make_directory(dir));
  BEAM_TRY(const auto empty, holds_nothing(dir));
  std::error_code error;
  // Anything else could block the run or take writes forever.
  if (!empty && !fs::is_regular_file(dir / kCellsFile, error)) {
    return Failure{
        fmt::format("{} holds no run to resume: it has no file {}", dir.string(), kCellsFile)};
  }
  auto folder = open(dir, std::move(context), 0);
  if (!folder) return folder;
  BEAM_CHECK(folder.value().take_rows());
  const std::string why = why_not_one_run(folder.value().rows(), identity);
  if (!why.empty()) return Failure{fmt::format("{} cannot be resumed: {}", dir.string(), why)};
  folder.value().keep_complete_run();
  remove_unfinished_files(dir);
  return folder;
}

Outcome<RunFolder> RunFolder::open(const fs::path& dir, std::string context, int flags) {
  RunFolder folder(dir, std::move(context), -1);
  const fs::path cells = folder.cells_path();
  folder.fd_ = ::open(cells.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | flags, 0666);
  if (folder.fd_ < 0 && errno == EEXIST) {
    return Failure{fmt::format("another run is writing to {}", dir.string())};
  }
  if (folder.fd_ < 0) return system_failure("create", cells, errno);
  if (flock(folder.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return Failure{fmt::format("another run is writing to {}", dir.string())};
    }
    return system_failure("lock", cells, errno);
  }
  return folder;
}

Outcome<Done> RunFolder::take_rows() {
  BEAM_TRY(const auto text, read_file(cells_path()));
  BEAM_TRY(auto taken, parse_row_lines(text, cells_path()));
  rows_ = std::move(taken.rows);
  lines_ = std::move(taken.lines);
  in_cells_file_ = lines_.size();
  const std::size_t whole = taken.bytes;
  if (whole == text.size() || ftruncate(fd_, static_cast<off_t>(whole)) == 0) return Done{};
  return system_failure("cut back", cells_path(), errno);
}

// Keeps the run.json of a complete run; any other is rewritten.
void RunFolder::keep_complete_run() {
  auto text = read_file(dir_ / kRunFile);
  if (!text) return;
  const std::string rows = benchmarks_text(lines_);
  const std::string_view whole = text.value();
  if (!whole.starts_with(kBeforeContext) || !whole.ends_with(rows)) return;
  const auto context =
      whole.substr(kBeforeContext.size(), whole.size() - kBeforeContext.size() - rows.size());
  if (!state_in(context).interrupted()) kept_ = std::move(text).value();
}

Outcome<Done> RunFolder::add(Row row) {
  kept_.clear();
  lines_.push_back(to_json_line(row));
  rows_.push_back(std::move(row));
  if (auto appended = append_pending(); !appended) return appended;
  // Rewriting a long file for every row would take longer than the run.
  constexpr std::size_t kShare = 64;
  if (lines_.size() - in_run_file_ < lines_.size() / kShare) return Done{};
  return write_run_file();
}

Outcome<Done> RunFolder::finish() {
  if (auto appended = append_pending(); !appended) return appended;
  return write_run_file();
}

Outcome<Done> RunFolder::append_pending() {
  std::string pending;
  for (std::size_t i = in_cells_file_; i < lines_.size(); ++i) pending += lines_[i] + "\n";
  if (auto appended = append_all(fd_, pending, cells_path()); !appended) return appended;
  in_cells_file_ = lines_.size();
  return Done{};
}

Outcome<Done> RunFolder::write_run_file() {
  if (!kept_.empty() && !state().interrupted()) return Done{};
  if (auto replaced = replace_file(dir_ / kRunFile, run_json()); !replaced) return replaced;
  in_run_file_ = lines_.size();
  return Done{};
}

std::string RunFolder::run_json() const {
  const bool stays = !kept_.empty() && !state().interrupted();
  return stays ? kept_ : run_json_text(with_state(context_, state()), lines_);
}

std::string run_json_text(std::string_view context, std::span<const std::string> lines) {
  return std::string(kBeforeContext).append(context).append(benchmarks_text(lines));
}

}  // namespace bench::report
