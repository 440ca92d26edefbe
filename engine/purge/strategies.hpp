// The strategies that there are, one function for each file.
#pragma once

#include "engine/purge/strategy.hpp"

namespace beam {

[[nodiscard]] const PurgeStrategy* otp_strategy() noexcept;

}  // namespace beam
