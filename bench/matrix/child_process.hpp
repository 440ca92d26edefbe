// One child, from its start to its end: this very executable with other arguments, or another
// program, in a process group of its own, that cannot outlive its parent.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bench/matrix/interrupts.hpp"

namespace bench::matrix {

struct ChildRequest {
  // Follow the program's name. Where one is kChildFd, the child finds its descriptor's number.
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // "NAME=value", complete
  std::chrono::milliseconds timeout;
  // What to run instead of this executable: a path, absolute where `directory` is another.
  std::optional<std::string> program = std::nullopt;
  // Where it runs instead of here.
  std::optional<std::string> directory = std::nullopt;
};

// Stands in arguments for the descriptor that the child writes its result to.
inline constexpr const char* kChildFd = "{fd}";

struct ChildOutcome {
  enum class End {
    kExited,
    kSignalled,
    kTimedOut,     // was killed
    kInterrupted,  // was killed, because the run was told to stop
    kNotStarted,
  };
  End end = End::kNotStarted;
  int code = 0;            // exit code, signal or errno
  std::string output;      // what it wrote to its descriptor
  std::string error_tail;  // the last of what it wrote to stdout and stderr
};

// Runs the child to its end. It reads nothing, and gets SIGKILL when this process ends.
[[nodiscard]] ChildOutcome run_child(const ChildRequest& request, const Interrupts& interrupts);

}  // namespace bench::matrix
