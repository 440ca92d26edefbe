// One round of the literal collector: who is asked next, and who may collect.
//
// Every process is asked to give up what it holds of one area (`kInit`); at most `requests` of
// those are out at the beginning, and each that is answered admits one more. A process that has to
// collect says so, and is asked again to do that (`kCollect`), but at most `collections` do at
// once: the others wait, those that said so last go first, and another process is asked in their
// place, so that more than `requests` may be unfinished. Source: OTP 25,
// erts/preloaded/src/erts_literal_area_collector.erl. A plain state machine without threads.
#pragma once

#include <cstddef>
#include <optional>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"

namespace beam {

struct CollectorLimits {
  std::size_t requests = 2;     // outstanding_system_requests_limit: two for every scheduler
  std::size_t collections = 2;  // MAX_GC_OUTSTND
};

enum class LiteralRequestKind { kInit, kCollect };
struct LiteralRequest {
  std::size_t process = 0;
  LiteralRequestKind kind = LiteralRequestKind::kInit;

  friend bool operator==(const LiteralRequest&, const LiteralRequest&) = default;
};

enum class LiteralAnswer { kOk, kNeedsCollection };

class LiteralRound {
 public:
  // Asks the processes 0 to `processes` - 1. Error: no memory.
  [[nodiscard]] Result<Unit> begin(std::size_t processes, CollectorLimits limits) noexcept;

  // One of the first requests of the round; none when as many are out as may be.
  [[nodiscard]] std::optional<LiteralRequest> first_requests() noexcept;

  // The answer to a request that is out; returns the request that goes out because of it. Only an
  // init request may be answered by kNeedsCollection.
  [[nodiscard]] std::optional<LiteralRequest> answer(LiteralRequest request,
                                                     LiteralAnswer answer) noexcept;

  // All processes are done.
  [[nodiscard]] bool over() const noexcept { return ongoing_ == 0 && next_ == processes_; }
  // Processes that are asked and not done, those waiting to collect included.
  [[nodiscard]] std::size_t ongoing() const noexcept { return ongoing_; }

 private:
  [[nodiscard]] std::optional<LiteralRequest> admit() noexcept;

  std::size_t processes_ = 0;
  CollectorLimits limits_;
  std::size_t next_ = 0;  // the process to ask next
  std::size_t ongoing_ = 0;
  std::size_t collecting_ = 0;
  MappedArray<std::size_t> waiting_;  // to collect; the last one goes first
};

}  // namespace beam
