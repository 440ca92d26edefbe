// Runs one child to its end: this executable with other arguments, or another program, in its own
// process group. It cannot outlive its parent.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "bench/matrix/interrupts.hpp"

namespace bench::matrix {

struct ChildRequest {
  // Without the program's name. kChildFd is replaced by the number of the child's descriptor.
  std::vector<std::string> arguments;
  std::vector<std::string> environment;  // "NAME=value", complete
  std::chrono::milliseconds timeout;
  // Runs this program instead of this executable: a path, absolute if `directory` is set.
  std::optional<std::string> program = std::nullopt;
  // Working directory; by default the current one.
  std::optional<std::string> directory = std::nullopt;
};

// Placeholder in `arguments` for the descriptor that the child writes its result to.
inline constexpr const char* kChildFd = "{fd}";

struct ChildOutcome {
  enum class End {
    kExited,
    kSignalled,
    kTimedOut,     // was killed
    kInterrupted,  // was killed, because the run was interrupted
    kNotStarted,
  };
  End end = End::kNotStarted;
  int code = 0;            // exit code, signal or errno
  std::string output;      // written to its descriptor
  std::string error_tail;  // the end of its stdout and stderr
};

// Runs the child to its end. Its stdin is empty, and it gets SIGKILL when this process ends.
[[nodiscard]] ChildOutcome run_child(const ChildRequest& request, const Interrupts& interrupts);

}  // namespace bench::matrix
