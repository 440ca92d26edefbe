#include "bench/matrix/cell_runner.hpp"

#include <csignal>
#include <cstring>

#include <fmt/format.h>

#include "allocators/environment.hpp"
#include "allocators/locate.hpp"
#include "bench/cells/cell_io.hpp"

namespace bench::matrix {
namespace {

constexpr std::size_t kShownTailBytes = 600;

std::string signal_name(int signal) {
  const char* const name = ::sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

// The end of the child's output, on one line.
std::string last_words(const std::string& tail) {
  std::string words;
  for (const char c : tail) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (blank && (words.empty() || words.back() == ' ')) continue;
    words += blank ? ' ' : c;
  }
  while (words.ends_with(' ')) words.pop_back();
  if (words.size() > kShownTailBytes) words = "..." + words.substr(words.size() - kShownTailBytes);
  return words;
}

std::string how_it_ended(const ChildOutcome& outcome, std::chrono::seconds timeout) {
  using End = ChildOutcome::End;
  switch (outcome.end) {
    case End::kNotStarted:
      return fmt::format("the child could not be started: {}", std::strerror(outcome.code));
    case End::kTimedOut:
      return fmt::format("the child took longer than {} s (--timeout) and was killed",
                         timeout.count());
    case End::kSignalled:
      return fmt::format("the child was killed by {}{}", signal_name(outcome.code),
                         outcome.code == SIGKILL ? ", as the kernel does when memory runs out"
                                                 : "");
    case End::kInterrupted:
      return "the child was killed because the run was interrupted";
    case End::kExited:
      break;
  }
  return outcome.code == 0 ? "" : fmt::format("the child ended with exit code {}", outcome.code);
}

}  // namespace

std::string why_it_failed(const ChildOutcome& outcome, std::chrono::seconds timeout) {
  std::string why = how_it_ended(outcome, timeout);
  if (why.empty() && outcome.output.empty()) why = "the child ended without a result";
  const std::string words = last_words(outcome.error_tail);
  if (!why.empty() && !words.empty()) why += "; it said: " + words;
  return why;
}

cells::CellResult failed_cell(std::string message) {
  cells::CellResult result;
  result.failed = true;
  result.error_message = std::move(message);
  return result;
}

cells::CellResult served_by(cells::CellResult result, const std::string& library) {
  if (result.failed || library.empty() || result.allocator_path == library) return result;
  return failed_cell(fmt::format(
      "the child ran under {}, not under {}",
      result.allocator_path.empty() ? "nothing known" : result.allocator_path, library));
}

std::optional<cells::CellResult> run_in_child(const PlannedCell& cell, std::chrono::seconds timeout,
                                              const Interrupts& interrupts) {
  const auto library = ::allocators::locate(cell.allocator);
  if (!library) return failed_cell(library.reason());
  const ChildOutcome outcome =
      run_child({.arguments = {kCellCommand, kChildFd, cells::to_json(cell.spec)},
                 .environment = ::allocators::child_environment(
                     cell.allocator, library.value(), ::allocators::current_environment()),
                 .timeout = timeout},
                interrupts);
  if (outcome.end == ChildOutcome::End::kInterrupted) return std::nullopt;
  if (std::string why = why_it_failed(outcome, timeout); !why.empty())
    return failed_cell(std::move(why));

  auto result = cells::parse_cell_result(outcome.output);
  if (!result) return failed_cell("the child's result cannot be read");
  // A preload that the loader rejects shows in its output.
  if (result.value().failed) {
    const std::string words = last_words(outcome.error_tail);
    if (!words.empty()) result.value().error_message += "; it said: " + words;
  }
  return served_by(std::move(result).value(), library.value());
}

}  // namespace bench::matrix
