// The programs of the named set that are written out one by one, "group/what it is" each.
#pragma once

#include <span>
#include <string_view>

namespace bench::validate {

struct Named {
  std::string_view name;
  std::string_view text;  // of a program
};

[[nodiscard]] std::span<const Named> named_singles() noexcept;

}  // namespace bench::validate
