// Property tests: RapidCheck inside Catch2, for both of Catch2's versions (RapidCheck's own
// rapidcheck/catch.h knows the old one only).
//
//   TEST_CASE("decoding gives back what was encoded") {
//     check_property([](std::vector<std::uint8_t> bytes) { RC_ASSERT(decode(encode(bytes)) ==
//     bytes); });
//   }
//
// A failure prints the shrunk counterexample and the RC_PARAMS that reproduce it.
#pragma once

#include <sstream>
#include <utility>

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

template <class Testable>
void check_property(Testable&& testable) {
  const auto result = rc::detail::checkTestable(std::forward<Testable>(testable));
  if (result.template is<rc::detail::SuccessResult>()) {
    SUCCEED();
    return;
  }
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  FAIL(text.str());
}
