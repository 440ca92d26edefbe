// Turns Ctrl-C and similar signals into a flag that the run polls.
#pragma once

#include <csignal>

namespace bench::matrix {

// While one exists, SIGINT, SIGTERM, SIGHUP (unless ignored, as under nohup) and SIGCHLD are
// blocked except under wait_mask(), so that no file is left half written and no wake-up is missed.
// Only one may exist, in a single-threaded process.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  // Whether one of the first three arrived since construction.
  [[nodiscard]] bool requested() const;

  // The mask without these signals, for ppoll() and for children.
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
