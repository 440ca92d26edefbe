#include "bench/matrix/interrupts.hpp"

#include <array>

namespace bench::matrix {
namespace {

constexpr std::array<int, 3> kStops = {SIGINT, SIGTERM, SIGHUP};

// Set by the handler, which runs only under wait_mask().
volatile std::sig_atomic_t interrupted = 0;

extern "C" void on_interrupt(int) { interrupted = 1; }
// A handler, because an ignored signal would not end a ppoll().
extern "C" void on_child(int) {}

struct sigaction handled_by(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  ::sigemptyset(&action.sa_mask);
  return action;
}

}  // namespace

Interrupts::Interrupts() {
  interrupted = 0;
  sigset_t held{};
  ::sigemptyset(&held);
  for (const int signal : kStops) ::sigaddset(&held, signal);
  ::sigaddset(&held, SIGCHLD);
  ::sigprocmask(SIG_BLOCK, &held, &before_);
  wait_ = before_;
  for (const int signal : kStops) ::sigdelset(&wait_, signal);
  ::sigdelset(&wait_, SIGCHLD);

  const struct sigaction interrupt = handled_by(on_interrupt);
  const struct sigaction child = handled_by(on_child);
  // SIGINT is caught even if it was ignored, as shell scripts do for background jobs.
  ::sigaction(SIGINT, &interrupt, &interrupt_before_);
  ::sigaction(SIGTERM, &interrupt, &terminate_before_);
  ::sigaction(SIGHUP, &interrupt, &hangup_before_);
  if (hangup_before_.sa_handler == SIG_IGN) ::sigaction(SIGHUP, &hangup_before_, nullptr);
  ::sigaction(SIGCHLD, &child, &child_before_);
}

Interrupts::~Interrupts() {
  // A pending signal is delivered now, and must not reach the previous handlers.
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  ::sigaction(SIGINT, &interrupt_before_, nullptr);
  ::sigaction(SIGTERM, &terminate_before_, nullptr);
  ::sigaction(SIGHUP, &hangup_before_, nullptr);
  ::sigaction(SIGCHLD, &child_before_, nullptr);
}

bool Interrupts::requested() const {
  if (interrupted != 0) return true;
  sigset_t pending{};
  ::sigpending(&pending);
  for (const int signal : kStops) {
    if (::sigismember(&pending, signal) == 1) return true;
  }
  return false;
}

}  // namespace bench::matrix
