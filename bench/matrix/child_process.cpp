#include "bench/matrix/child_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bench::matrix {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxOutputBytes = 16 << 20;
constexpr std::size_t kMaxTailBytes = 4096;
// A shell's exit code for "cannot be executed".
constexpr int kExecFailed = 126;

// Owns a descriptor.
class Fd {
 public:
  explicit Fd(int fd = -1) noexcept : fd_(fd) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }
  void reset(int fd = -1) noexcept {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }
  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_;
};

struct Pipe {
  Fd read;
  Fd write;

  // The read end is non-blocking. False: out of descriptors.
  [[nodiscard]] bool open() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read.reset(ends[0]);
    write.reset(ends[1]);
    return ::fcntl(read.get(), F_SETFL, O_NONBLOCK) == 0;
  }
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

struct Launch {
  const char* program;
  const char* directory;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  int result_fd;
  int log_fd;
  pid_t parent;
  sigset_t mask;
};

// Between fork and exec: only system calls.
[[noreturn]] void become_child(const Launch& launch) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The parent may have ended before the prctl.
  if (::getppid() != launch.parent) ::_exit(kExecFailed);
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(null, STDIN_FILENO);
  ::dup2(launch.log_fd, STDOUT_FILENO);
  ::dup2(launch.log_fd, STDERR_FILENO);
  ::fcntl(launch.result_fd, F_SETFD, 0);
  ::sigprocmask(SIG_SETMASK, &launch.mask, nullptr);
  if (::chdir(launch.directory) != 0) ::_exit(kExecFailed);
  ::execve(launch.program, launch.arguments.data(), launch.environment.data());
  ::_exit(kExecFailed);
}

// Appends the available data. False: the other end is closed.
bool drain(int fd, std::string& into) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got > 0) {
      into.append(buffer.data(), static_cast<std::size_t>(got));
      if (into.size() > kMaxOutputBytes) return false;
    } else if (got == 0 || errno != EINTR) {
      return got != 0 && errno == EAGAIN;
    }
  }
}

timespec to_timespec(std::chrono::nanoseconds duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {seconds.count(), (duration - seconds).count()};
}

// A started child. The destructor waits for it.
class Child {
 public:
  Child(pid_t pid, Pipe& result, Pipe& log) : pid_(pid), result_(result), log_(log) {}

  ChildOutcome wait(Clock::time_point deadline, const Interrupts& interrupts) {
    std::optional<ChildOutcome::End> killed;
    while (!reap()) {
      if (killed) {
        ::waitpid(pid_, &status_, 0);
        break;
      }
      if (interrupts.requested()) killed = ChildOutcome::End::kInterrupted;
      if (Clock::now() >= deadline) killed = ChildOutcome::End::kTimedOut;
      if (killed) {
        ::kill(-pid_, SIGKILL);
      } else {
        sleep(deadline, interrupts);
      }
      read_pipes();
    }
    read_pipes();
    return outcome(killed);
  }

 private:
  bool reap() { return ::waitpid(pid_, &status_, WNOHANG) == pid_; }

  // Waits until a pipe is readable, the child ends, a signal arrives or the deadline passes.
  void sleep(Clock::time_point deadline, const Interrupts& interrupts) const {
    const timespec rest = to_timespec(std::max(deadline - Clock::now(), Clock::duration::zero()));
    std::array<pollfd, 2> fds = {{{result_.read.get(), POLLIN, 0}, {log_.read.get(), POLLIN, 0}}};
    ::ppoll(fds.data(), fds.size(), &rest, &interrupts.wait_mask());
  }

  void read_pipes() {
    // A closed pipe is no longer polled: it would always be ready.
    if (result_.read.get() >= 0 && !drain(result_.read.get(), output_)) result_.read.reset();
    if (log_.read.get() >= 0 && !drain(log_.read.get(), tail_)) log_.read.reset();
    if (tail_.size() > kMaxTailBytes) tail_.erase(0, tail_.size() - kMaxTailBytes);
  }

  ChildOutcome outcome(std::optional<ChildOutcome::End> killed) {
    ChildOutcome outcome{ChildOutcome::End::kExited, 0, std::move(output_), std::move(tail_)};
    outcome.code = WIFSIGNALED(status_) ? WTERMSIG(status_) : WEXITSTATUS(status_);
    if (WIFSIGNALED(status_)) outcome.end = killed.value_or(ChildOutcome::End::kSignalled);
    return outcome;
  }

  pid_t pid_;
  Pipe& result_;
  Pipe& log_;
  int status_ = 0;
  std::string output_;
  std::string tail_;
};

ChildOutcome not_started() { return {ChildOutcome::End::kNotStarted, errno, {}, {}}; }

}  // namespace

ChildOutcome run_child(const ChildRequest& request, const Interrupts& interrupts) {
  Pipe result;
  Pipe log;
  if (!result.open() || !log.open()) return not_started();

  const std::string program = request.program.value_or("/proc/self/exe");
  std::vector<std::string> arguments = {request.program.value_or("purgebench")};
  for (const std::string& argument : request.arguments) {
    arguments.push_back(argument == kChildFd ? std::to_string(result.write.get()) : argument);
  }
  std::vector<std::string> environment = request.environment;
  const std::string directory = request.directory.value_or(".");
  const Launch launch{program.c_str(),
                      directory.c_str(),
                      pointers_to(arguments),
                      pointers_to(environment),
                      result.write.get(),
                      log.write.get(),
                      ::getpid(),
                      interrupts.wait_mask()};
  const auto deadline = Clock::now() + request.timeout;
  const pid_t pid = ::fork();
  if (pid < 0) return not_started();
  if (pid == 0) become_child(launch);
  // Parent and child both set it, so it is set before either continues.
  ::setpgid(pid, pid);
  result.write.reset();
  log.write.reset();
  return Child(pid, result, log).wait(deadline, interrupts);
}

}  // namespace bench::matrix
