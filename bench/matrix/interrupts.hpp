// Ctrl-C and its relatives, turned into a question that the run asks at its own pace.
#pragma once

#include <csignal>

namespace bench::matrix {

// While one exists, SIGINT, SIGTERM, SIGHUP (unless ignored, as under nohup) and SIGCHLD are held
// back everywhere but in wait_mask(), so no file is left half written and no wake-up is missed.
// There is one at a time, in the only thread.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // Whether one of the first three came since this was made.
  [[nodiscard]] bool requested() const;

  // Lets them through: what ppoll() waits with and what children start with.
  [[nodiscard]] const sigset_t& wait_mask() const noexcept { return wait_; }

 private:
  sigset_t before_{};
  sigset_t wait_{};
  struct sigaction interrupt_before_ {};
  struct sigaction terminate_before_ {};
  struct sigaction hangup_before_ {};
  struct sigaction child_before_ {};
};

}  // namespace bench::matrix
