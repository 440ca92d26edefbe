// The external term format: bytes to terms.
//
// Decodes what the loader accepts in literals: integers, floats, atoms, tuples, lists, maps,
// binaries, bit strings, funs, pids, ports, references. Everything else (cached atoms, funs from
// before OTP 23, terms that only a node can resolve) is rejected by its tag.
//
// Invariant: the terms still expected by open containers never outnumber the bytes left, so
// allocation is proportional to the input, whatever counts it claims. Nothing recurses: open
// containers are frames on a stack, and a container that is the last term of another replaces its
// frame.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/etf/byte_reader.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/term/term.hpp"

namespace beam {

// Decodes terms one after another, reusing its work memory.
class TermDecoder {
 public:
  // `to` must outlive the decoder.
  explicit TermDecoder(ImageBuilder& to) noexcept : to_(to) {}

  // Decodes the term at the front of `in`, starting with the version byte 131, and consumes it.
  // Compressed terms are unpacked. Errors carry the offset; inside compressed terms it counts
  // unpacked bytes.
  [[nodiscard]] Result<Term> decode(ByteReader& in);

 private:
  // A container with terms still to come.
  struct Frame {
    enum class Kind {
      kRoot,      // takes the root term
      kElements,  // fills consecutive words
      kCells,     // fills the heads of consecutive cells, linked already, then the last tail
      kPairs,     // collects keys and values, then builds the map
    };
    Kind kind;
    Word* slot;            // kElements, kCells: the next word to fill
    std::size_t first;     // kPairs: its first term in the array of collected terms
    std::size_t left;      // terms to come
    std::uint64_t offset;  // of the container's tag
  };

  // A local fun with creator and environment still to come.
  struct Fun {
    Word entry;
    std::size_t arity;
    std::size_t free;
    std::uint64_t offset;  // of its tag
  };

  [[nodiscard]] Result<Term> decode_plain(ByteReader& in);
  [[nodiscard]] Result<Term> decode_compressed(ByteReader& in);
  [[nodiscard]] Result<Unit> decode_next(ByteReader& in);
  [[nodiscard]] Result<std::size_t> read_count(ByteReader& in, std::size_t bytes,
                                               std::size_t terms_each, std::size_t more);
  [[nodiscard]] Result<Unit> open_tuple(ByteReader& in, std::size_t count_bytes,
                                        std::uint64_t offset);
  [[nodiscard]] Result<Unit> open_list(ByteReader& in, std::uint64_t offset);
  [[nodiscard]] Result<Unit> open_map(ByteReader& in, std::uint64_t offset);
  [[nodiscard]] Result<Unit> open_fun(ByteReader& in, std::uint64_t offset);
  [[nodiscard]] Result<Unit> open_environment(ByteReader& in, const Fun& fun);
  [[nodiscard]] Result<Unit> open(const Frame& frame, Term container);
  [[nodiscard]] Result<Unit> deliver(Term term);
  void place(Term term) noexcept;
  [[nodiscard]] Result<Term> close_map();

  ImageBuilder& to_;
  MappedArray<Frame> stack_;
  MappedArray<Term> collected_;
  std::size_t owed_ = 0;  // terms to come, over all open containers
  Term root_;
};

}  // namespace beam
