// A value, or the sentence for a person that says why there is none.
//
// beam::Error carries static text only; what is wrong with a flag or a library needs its name.
#pragma once

#include <string>

#include "engine/base/result.hpp"

namespace allocators {

// A clause without a full stop ("no allocator is called 'x'").
struct Reason {
  std::string text;
};

template <class T>
class [[nodiscard]] Checked : public beam::Result<T, Reason> {
 public:
  using beam::Result<T, Reason>::Result;

  // The reason; empty when there is a value.
  [[nodiscard]] std::string reason() const { return this->ok() ? "" : this->error().text; }
};

}  // namespace allocators
