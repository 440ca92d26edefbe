// Building terms where a test wants them: in the young heap of a process or in an area image.
//
// Objects are laid out in the order of the calls. Nothing is collected on the way: the caller has
// made room, and running out of it throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/heap/process.hpp"
#include "engine/term/area_image.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/refc_binary.hpp"
#include "engine/term/term.hpp"
#include "engine/term/term_writer.hpp"

namespace beam_test {

class TermRoom {
 public:
  explicit TermRoom(beam::Process& process) noexcept : process_(&process) {}
  explicit TermRoom(beam::AreaImage& image) noexcept : image_(&image) {}

  [[nodiscard]] beam::Word* take(std::size_t words);
  // The off-heap list of the process or the image.
  [[nodiscard]] beam::Word*& off_heap() noexcept;

 private:
  beam::Process* process_ = nullptr;
  beam::AreaImage* image_ = nullptr;
};

beam::Term cons(TermRoom room, beam::Term head, beam::Term tail);
beam::Term tuple(TermRoom room, std::span<const beam::Term> elements);
beam::Term tuple(TermRoom room, std::initializer_list<beam::Term> elements);
// The elements, then `tail`.
beam::Term list(TermRoom room, std::span<const beam::Term> elements, beam::Term tail = beam::kNil);
// lists:seq(1, count): 2 words for each element.
beam::Term small_list(TermRoom room, std::size_t count);
// {lit, Index, lists:seq(1, Elements)}: 4 + 2 x Elements words.
beam::Term record(TermRoom room, std::int64_t index, std::size_t elements);
// #{...} of up to 32 keys; `keys` is a tuple of them.
beam::Term flat_map(TermRoom room, beam::Term keys, std::span<const beam::Term> values);
beam::Term local_fun(TermRoom room, std::span<const beam::Term> environment);
beam::Term external_fun(TermRoom room);
// 3 numbers, or 5.
beam::Term reference(TermRoom room, std::span<const std::uint32_t> numbers);
// Takes over one reference of the payload, which has at least 12 bytes.
beam::Term magic_reference(TermRoom room, beam::RefcBinary* payload);
// Of another node; on the off-heap list.
beam::Term external_pid(TermRoom room);
beam::Term external_port(TermRoom room);
beam::Term external_reference(TermRoom room, std::span<const std::uint32_t> numbers);
beam::Term float_number(TermRoom room, double value);
// A big integer; its digits are raw words of the heap.
beam::Term big(TermRoom room, std::span<const beam::Word> digits);
// A heap binary of `bytes` bytes, counting up from `first`.
beam::Term heap_binary(TermRoom room, std::size_t bytes, std::uint8_t first = 0);
// A ProcBin; takes over one reference of the payload.
beam::Term counted_binary(TermRoom room, beam::RefcBinary* payload);

using Part = beam::BinaryPart;
beam::Term sub_binary(TermRoom room, beam::Term original, Part part);
// What matches `bitstring` from its start on.
beam::Term match_state(TermRoom room, beam::Term bitstring, std::size_t saved_positions = 0);

// `{{{...}}}` and `[[[...]]]`, `levels` deep, 2 words a level.
beam::Term nested_tuples(TermRoom room, std::size_t levels);
beam::Term nested_lists(TermRoom room, std::size_t levels);

// Payloads whose reference counts a test can still read after the last holder is gone.
class Payloads {
 public:
  explicit Payloads(std::size_t max_bytes = std::size_t{1} << 20);
  Payloads(const Payloads&) = delete;
  Payloads& operator=(const Payloads&) = delete;
  ~Payloads() { arena_->release(); }

  // A payload with one reference, its bytes counting up from 0.
  [[nodiscard]] beam::RefcBinary* make(std::size_t bytes);
  [[nodiscard]] beam::PayloadArena* arena() noexcept { return arena_; }
  // References to all payloads together.
  [[nodiscard]] std::uint64_t references() const noexcept;

 private:
  beam::PayloadArena* arena_;
  std::vector<beam::RefcBinary*> made_;
};

[[nodiscard]] std::uint64_t references_of(beam::Term counted) noexcept;

}  // namespace beam_test
