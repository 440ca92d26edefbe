// Errors are values. A Result<T> holds either a T or an Error; nothing in engine/ throws.
//
// An Error is plain data without heap memory, so that it can be made where allocation just failed:
// sentence fragments with static lifetime, where it happened, and the offending value.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

namespace beam {

// A number that is wrong (a count, a size, a tag), and how it reads: a clause in which the first
// "{}" stands for it and the second for what was expected in its place ("{} bytes are needed, and
// {} are left").
struct Found {
  std::uint64_t value = 0;
  const char* reads = "";
  std::uint64_t expected = 0;
};

struct Error {
  static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

  // Implicit, so that `return kAreaFull;` and `return {...};` read naturally. There is no number
  // without words.
  constexpr Error(const char* what_is_wrong = "", std::uint64_t at = kNowhere) noexcept
      : what(what_is_wrong), offset(at) {}
  constexpr Error(const char* what_is_wrong, std::uint64_t at, Found found) noexcept
      : what(what_is_wrong),
        offset(at),
        value(found.value),
        reads(found.reads),
        expected(found.expected) {}
  // The same with its place.
  [[nodiscard]] constexpr Error at(std::uint64_t place) const noexcept {
    Error placed = *this;
    placed.offset = place;
    return placed;
  }
  // The same in an input that was unpacked from another one ("of the unpacked literals"); of
  // several around each other the innermost.
  [[nodiscard]] constexpr Error in(const char* unpacked) const noexcept {
    Error placed = *this;
    if (*placed.input == '\0') placed.input = unpacked;
    return placed;
  }

  // What is wrong, as a clause without a full stop ("the LitT chunk is truncated"). All texts have
  // static lifetime.
  const char* what;
  // Byte offset in the input that was read, or kNowhere; and which input that is, if not the file.
  std::uint64_t offset;
  const char* input = "";
  // As in Found, if there is a number.
  std::optional<std::uint64_t> value;
  const char* reads = "";
  std::uint64_t expected = 0;
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
