// Errors of the harness are values too: a sentence for stderr, without a full stop, that names the
// file or the flag. Unlike beam::Error it owns its text, as file names are not known at compile
// time.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

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
  Outcome(T value) : state_(std::move(value)) {}
  Outcome(Failure failure) : state_(std::move(failure)) {}

  [[nodiscard]] bool ok() const noexcept { return std::holds_alternative<T>(state_); }
  explicit operator bool() const noexcept { return ok(); }

  // The value; the caller has checked ok().
  [[nodiscard]] T& value() & noexcept {
    assert(ok());
    return *std::get_if<T>(&state_);
  }
  [[nodiscard]] const T& value() const& noexcept {
    assert(ok());
    return *std::get_if<T>(&state_);
  }
  [[nodiscard]] T&& value() && noexcept {
    assert(ok());
    return std::move(*std::get_if<T>(&state_));
  }

  // The failure; the caller has checked !ok().
  [[nodiscard]] const Failure& failure() const noexcept {
    assert(!ok());
    return *std::get_if<Failure>(&state_);
  }

 private:
  std::variant<T, Failure> state_;
};

}  // namespace bench
