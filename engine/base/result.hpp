// Errors are values. A Result<T> holds either a T or an Error; nothing in engine/ throws.
//
// An Error is plain data without heap memory, so that it can be made where allocation just failed:
// a sentence fragment with static lifetime, where it happened, and the offending value.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace beam {

struct Error {
  static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

  // What is wrong, as a clause without a full stop ("the LitT chunk is truncated"). Static
  // lifetime.
  const char* what = "";
  // Byte offset in the input that was read, or kNowhere.
  std::uint64_t offset = kNowhere;
  // The value that is wrong (a count, a size, a tag), if there is one.
  std::optional<std::uint64_t> value = std::nullopt;
};

// Stands for "nothing to return" in Result<Unit>.
struct Unit {};

template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit from both sides, so that `return value;` and `return Error{...};` read naturally.
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(error) {}

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

  // The error; the caller has checked !ok().
  [[nodiscard]] const Error& error() const noexcept {
    assert(!ok());
    return *std::get_if<Error>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

}  // namespace beam
