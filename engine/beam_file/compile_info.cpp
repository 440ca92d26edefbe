#include "engine/beam_file/compile_info.hpp"

#include "engine/etf/decode.hpp"
#include "engine/etf/utf8.hpp"
#include "engine/term/layout.hpp"

namespace beam {

namespace {

constexpr std::size_t kMaxVersionCharacters = 255;

// A list of characters as text; empty if `list` is anything else.
std::string text_of(Term list) {
  std::string text;
  for (std::size_t i = 0; i < kMaxVersionCharacters && list.is_list(); ++i) {
    const Term head = head_of(list);
    if (!head.is_small() || head.small() <= 0 || head.small() > 0x10FFFF) return {};
    append_utf8(text, static_cast<char32_t>(head.small()));
    list = tail_of(list);
  }
  return list.is_nil() ? text : std::string();
}

bool is_version_pair(Term term, const AtomTable& atoms) {
  if (!term.is_boxed() || *term.pointer() != make_header(2, Subtag::kTuple)) return false;
  const Term key{term.pointer()[1]};
  return key.is_atom() && atoms.name(key) == "version";
}

}  // namespace

Result<std::string> read_compiler_version(const Chunk& chunk, const ImageLimits& limits) {
  if (!chunk.present()) return std::string();
  AtomTable atoms;
  BEAM_TRY(auto builder, ImageBuilder::create(atoms, limits));
  ByteReader in = chunk.reader();
  const Result<Term> info = TermDecoder(builder).decode(in);
  if (!info) return info.error();
  for (Term list = info.value(); list.is_list(); list = tail_of(list)) {
    const Term pair = head_of(list);
    if (is_version_pair(pair, atoms)) return text_of(Term{pair.pointer()[2]});
  }
  return std::string();
}

}  // namespace beam
