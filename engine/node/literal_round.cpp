#include "engine/node/literal_round.hpp"

namespace beam {

Result<Unit> LiteralRound::begin(std::size_t processes, CollectorLimits limits) noexcept {
  if (!waiting_.reserve(processes)) return Error{"no memory for the literal collector"};
  waiting_.clear();
  processes_ = processes;
  limits_ = limits;
  next_ = ongoing_ = collecting_ = 0;
  return Unit{};
}

std::optional<LiteralRequest> LiteralRound::admit() noexcept {
  if (next_ == processes_) return std::nullopt;
  ++ongoing_;
  return LiteralRequest{next_++, LiteralRequestKind::kInit};
}

std::optional<LiteralRequest> LiteralRound::first_requests() noexcept {
  return ongoing_ < limits_.requests ? admit() : std::nullopt;
}

std::optional<LiteralRequest> LiteralRound::answer(LiteralRequest request,
                                                   LiteralAnswer answer) noexcept {
  if (answer == LiteralAnswer::kNeedsCollection) {
    if (collecting_ < limits_.collections) {
      ++collecting_;
      return LiteralRequest{request.process, LiteralRequestKind::kCollect};
    }
    static_cast<void>(waiting_.push_back(request.process));  // begin() made room
    return admit();
  }
  --ongoing_;
  if (request.kind == LiteralRequestKind::kInit) return admit();
  if (waiting_.empty()) {
    --collecting_;
    return admit();
  }
  const std::size_t process = waiting_.back();
  waiting_.pop_back();
  return LiteralRequest{process, LiteralRequestKind::kCollect};
}

}  // namespace beam
