// A strategy that does what `otp` does and counts the processes that it was asked for.
#pragma once

#include <cstddef>

#include "engine/purge/registry.hpp"

namespace beam_test {

class CountingStrategy final : public beam::PurgeStrategy {
 public:
  [[nodiscard]] beam::Result<beam::PurgeWork>
  purge_process(beam::Process& process, beam::PurgeContext context) const noexcept override {
    ++processes_;
    return beam::find_strategy("otp")->purge_process(process, context);
  }
  [[nodiscard]] std::size_t processes() const noexcept { return processes_; }

 private:
  mutable std::size_t processes_ = 0;
};

}  // namespace beam_test
