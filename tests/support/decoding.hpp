// A place that terms are decoded into, and what became of them.
#pragma once

#include <optional>
#include <string>

#include "engine/etf/decode.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/off_heap.hpp"
#include "engine/term/print.hpp"
#include "tests/support/bytes.hpp"
#include "tests/support/test_memory.hpp"

namespace beam_test {

struct Decoding {
  explicit Decoding(beam::ImageLimits limits = small_limits())
      : builder(must(beam::ImageBuilder::create(atoms, limits))), decoder(builder) {}

  // Enough for every test, and cheap to reserve.
  static beam::ImageLimits small_limits() {
    return {std::size_t{1} << 24, std::size_t{1} << 24, std::size_t{1} << 24};
  }

  // The term of these bytes, the version in front of them being added.
  [[nodiscard]] beam::Result<beam::Term> decode(const Bytes& term) {
    return decode_versioned(etf::versioned(term));
  }
  [[nodiscard]] beam::Result<beam::Term> decode_versioned(const Bytes& bytes) {
    beam::ByteReader in(bytes);
    auto decoded = decoder.decode(in);
    left = in.remaining();
    return decoded;
  }
  [[nodiscard]] std::string print(beam::Term term) const {
    return beam::print_term(term, atoms, 100000);
  }
  // The decoded term as text, or why there is none.
  [[nodiscard]] std::string text_of(const Bytes& term) {
    const auto decoded = decode(term);
    return decoded ? print(decoded.value()) : decoded.error().what;
  }

  beam::AtomTable atoms;
  beam::ImageBuilder builder;
  beam::TermDecoder decoder;
  std::size_t left = 0;  // bytes behind the last decoded term
};

// How many words a term of these bytes takes; nothing if they are none.
[[nodiscard]] inline std::optional<std::size_t> words_of(const Bytes& term) {
  Decoding decoding;
  if (!decoding.decode(term)) return std::nullopt;
  return decoding.builder.words();
}

// The error of these bytes; the test fails if there is none.
[[nodiscard]] inline beam::Error error_of(const Bytes& term) {
  Decoding decoding;
  const auto decoded = decoding.decode(term);
  if (decoded) throw std::runtime_error("decoded to " + decoding.print(decoded.value()));
  return decoded.error();
}

}  // namespace beam_test
