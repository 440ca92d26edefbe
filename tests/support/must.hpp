// The value of a result that a test takes for granted.
#pragma once

#include <stdexcept>
#include <utility>

#include "engine/base/result.hpp"

namespace beam_test {

// Throws what the error says, which fails the test.
template <class T>
T must(beam::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return std::move(result).value();
}

}  // namespace beam_test
