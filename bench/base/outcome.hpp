// Errors of the harness are values: a sentence for stderr, without a full stop, that names the file
// or the flag. Unlike beam::Error it owns its text, since file names are not known at compile time.
// BEAM_TRY and BEAM_CHECK propagate it.
#pragma once

#include <string>

#include "engine/base/result.hpp"

namespace bench {

struct Failure {
  std::string sentence;
};

// Stands for "nothing to return" in Outcome<Done>.
using Done = beam::Unit;

template <class T>
class [[nodiscard]] Outcome : public beam::Result<T, Failure> {
 public:
  using beam::Result<T, Failure>::Result;

  // The failure; the caller has checked !ok().
  [[nodiscard]] const Failure& failure() const noexcept { return this->error(); }
};

}  // namespace bench
