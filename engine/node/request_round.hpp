// One round of requests to all processes: which process is asked next, and which a second time.
//
// Every process is asked once (`kFirst`); at most `requests` of those are outstanding at the
// start, and each answer lets one more go out. A process may answer that there is more to do, and
// is then asked for that (`kFollowUp`): to collect, by the literal collector, or to be killed, by
// the code purger. At most `follow_ups` of those are outstanding at once: the others wait, last in
// first out, and another process is asked in their place, so that more than `requests` may be
// unfinished. An answer may also end the round: no more processes are asked. Source: OTP 25,
// erts/preloaded/src/erts_literal_area_collector.erl and erts_code_purger.erl. A plain state
// machine without threads.
#pragma once

#include <cstddef>
#include <optional>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"

namespace beam {

struct RoundLimits {
  std::size_t requests = 2;    // outstanding_system_requests_limit: two for every scheduler
  std::size_t follow_ups = 2;  // as many as the literal collector has (MAX_GC_OUTSTND)
};

enum class RequestKind { kFirst, kFollowUp };
struct ProcessRequest {
  std::size_t process = 0;
  RequestKind kind = RequestKind::kFirst;

  friend bool operator==(const ProcessRequest&, const ProcessRequest&) = default;
};

enum class Answer {
  kOk,
  kNeedsFollowUp,  // only to a first request
  kEndsRound,      // as kOk, and no more processes are asked
};

class RequestRound {
 public:
  // Asks the processes 0 to `processes` - 1. Error: no memory.
  [[nodiscard]] Result<Unit> begin(std::size_t processes, RoundLimits limits) noexcept;

  // The next of the round's initial requests; none when the limit is reached.
  [[nodiscard]] std::optional<ProcessRequest> first_requests() noexcept;

  // Takes the answer to an outstanding request; returns the request to send next, if any.
  [[nodiscard]] std::optional<ProcessRequest> answer(ProcessRequest request,
                                                     Answer answer) noexcept;

  // All requests are answered, and no more will be sent.
  [[nodiscard]] bool over() const noexcept { return ongoing_ == 0 && next_ == processes_; }
  // Processes that were asked and are not done, including those waiting for a follow-up.
  [[nodiscard]] std::size_t ongoing() const noexcept { return ongoing_; }

 private:
  [[nodiscard]] std::optional<ProcessRequest> admit() noexcept;
  void end() noexcept;

  std::size_t processes_ = 0;
  RoundLimits limits_;
  std::size_t next_ = 0;  // the process to ask next
  std::size_t ongoing_ = 0;
  std::size_t follow_ups_ = 0;        // outstanding
  MappedArray<std::size_t> waiting_;  // for a follow-up; last in, first out
};

}  // namespace beam
