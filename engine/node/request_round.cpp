#include "engine/node/request_round.hpp"

namespace beam {

Result<Unit> RequestRound::begin(std::size_t processes, RoundLimits limits) noexcept {
  if (!waiting_.reserve(processes)) return Error{"no memory to ask all processes"};
  waiting_.clear();
  processes_ = processes;
  limits_ = limits;
  next_ = ongoing_ = follow_ups_ = 0;
  return Unit{};
}

std::optional<ProcessRequest> RequestRound::admit() noexcept {
  if (next_ == processes_) return std::nullopt;
  ++ongoing_;
  return ProcessRequest{next_++, RequestKind::kFirst};
}

void RequestRound::end() noexcept {
  processes_ = next_;
  ongoing_ -= waiting_.size();
  waiting_.clear();
}

std::optional<ProcessRequest> RequestRound::first_requests() noexcept {
  return ongoing_ < limits_.requests ? admit() : std::nullopt;
}

std::optional<ProcessRequest> RequestRound::answer(ProcessRequest request, Answer answer) noexcept {
  if (answer == Answer::kNeedsFollowUp) {
    if (follow_ups_ < limits_.follow_ups) {
      ++follow_ups_;
      return ProcessRequest{request.process, RequestKind::kFollowUp};
    }
    static_cast<void>(waiting_.push_back(request.process));  // begin() made room
    return admit();
  }
  --ongoing_;
  if (answer == Answer::kEndsRound) end();
  if (request.kind == RequestKind::kFirst) return admit();
  if (waiting_.empty()) {
    --follow_ups_;
    return admit();
  }
  const std::size_t process = waiting_.back();
  waiting_.pop_back();
  return ProcessRequest{process, RequestKind::kFollowUp};
}

}  // namespace beam
