// Errors of the harness are values too: a sentence for stderr, without a full stop, that names the
// file or the flag. Unlike beam::Error it owns its text, as file names are not known at compile
// time.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>

namespace bench {

struct Failure {
  std::string sentence;
};

// Stands for "nothing to return" in Outcome<Done>.
struct Done {};

template <class T>
class [[nodiscard]] Outcome {
 public:
  // Implicit from both sides, so that `return value;` and `return Failure{...};` read naturally.
  Outcome(T value) : value_(std::move(value)) {}
  Outcome(Failure failure) : failure_(std::move(failure)) {}

  [[nodiscard]] bool ok() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }

  // The value; the caller has checked ok().
  [[nodiscard]] T& value() & noexcept {
    assert(ok());
    return *value_;
  }
  [[nodiscard]] const T& value() const& noexcept {
    assert(ok());
    return *value_;
  }
  [[nodiscard]] T&& value() && noexcept {
    assert(ok());
    return std::move(*value_);
  }

  // The failure; the caller has checked !ok().
  [[nodiscard]] const Failure& failure() const noexcept {
    assert(!ok());
    return failure_;
  }

 private:
  std::optional<T> value_;
  Failure failure_;  // meaningful where there is no value
};

}  // namespace bench
