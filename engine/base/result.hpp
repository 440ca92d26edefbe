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

// E is plain data, or holds a text where nothing has to be made without memory.
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  // Implicit from both sides, so that `return value;` and `return Error{...};` read naturally.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  // The value; the caller has checked ok().
  [[nodiscard]] T& value() & noexcept {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const T& value() const& noexcept {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && noexcept {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }

  // The error; the caller has checked !ok().
  [[nodiscard]] const E& error() const& noexcept {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] E&& error() && noexcept {
    assert(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, E> state_;
};

}  // namespace beam

// The ways to pass an error on: the function that says so returns the error of `...`, a Result, if
// it has one. BEAM_TRY(declaration, result) declares what the result holds otherwise; it is several
// statements, and stands in a block of its own:
//
//   BEAM_TRY(const Block block, allocate(words));
//   BEAM_CHECK(fill(block));
#define BEAM_CHECK(...) \
  if (auto beam_checked = (__VA_ARGS__); !beam_checked) return std::move(beam_checked).error()
#define BEAM_TRY(declaration, ...) BEAM_TRY_AS(BEAM_TRIED(__LINE__), declaration, __VA_ARGS__)
#define BEAM_TRY_AS(tried, declaration, ...)   \
  auto tried = (__VA_ARGS__);                  \
  if (!tried) return std::move(tried).error(); \
  declaration = std::move(tried).value()
#define BEAM_TRIED(line) BEAM_TRIED_AT(line)
#define BEAM_TRIED_AT(line) beam_tried_##line
