// A strategy that does what `otp` does, and somebody else's work around it.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>

#include "engine/purge/registry.hpp"

namespace beam_test {

// `visit(purge, process, hits, worker, areas)` stands for the visit of otp's purge.
template <class Visit>
class OtpWith final : public beam::PurgeStrategy {
 public:
  explicit OtpWith(Visit visit) noexcept : visit_(visit) {}

  beam::Result<beam::Purge*> begin(beam::PurgeBox& box,
                                   const beam::PurgeScope& scope) const noexcept override {
    auto& wrapped = box.make<Wrapped>(visit_, scope.areas);
    BEAM_TRY(wrapped.inner, otp().begin(inner_room(), scope));
    return &wrapped;
  }
  beam::HolderNeeds needs(std::size_t area_words, std::size_t reached) const noexcept override {
    return otp().needs(area_words, reached);
  }

 private:
  class Wrapped final : public beam::Purge {
   public:
    Wrapped(const Visit& visit, const beam::AreaBatch& areas) noexcept
        : visit_(visit), areas_(areas) {}
    beam::Result<beam::PurgeWork> visit(beam::Process& process, const beam::ProcessHits& hits,
                                        const beam::PurgeWorker& worker) noexcept override {
      return visit_(*inner, process, hits, worker, areas_);
    }
    beam::Purge* inner = nullptr;

   private:
    const Visit& visit_;
    const beam::AreaBatch& areas_;
  };

  static const beam::PurgeStrategy& otp() noexcept { return *beam::find_strategy("otp"); }
  // One purge at a time is under way.
  beam::PurgeBox& inner_room() const noexcept {
    box_.emplace();
    return *box_;
  }

  Visit visit_;
  mutable std::optional<beam::PurgeBox> box_;
};

// Counts the purges that it was asked for.
class CountingStrategy final : public beam::PurgeStrategy {
 public:
  beam::Result<beam::Purge*> begin(beam::PurgeBox& box,
                                   const beam::PurgeScope& scope) const noexcept override {
    ++purges_;
    return beam::find_strategy("otp")->begin(box, scope);
  }
  beam::HolderNeeds needs(std::size_t area_words, std::size_t reached) const noexcept override {
    return beam::find_strategy("otp")->needs(area_words, reached);
  }
  [[nodiscard]] std::size_t purges() const noexcept { return purges_; }

 private:
  mutable std::atomic<std::size_t> purges_{0};
};

}  // namespace beam_test
