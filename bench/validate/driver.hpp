// The Erlang module that runs programs in a real BEAM: the text of driver.erl.
#pragma once

#include <string_view>

namespace bench::validate {

[[nodiscard]] std::string_view driver_source() noexcept;

}  // namespace bench::validate
