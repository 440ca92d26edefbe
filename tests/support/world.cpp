#include "tests/support/world.hpp"

#include "engine/term/empty_tuple.hpp"

namespace beam_test {

using namespace beam;

namespace {

constexpr std::size_t kAreaWords = 600;
constexpr std::size_t kHashMapKeys = 64;

std::vector<Term> one_of_each(TermRoom room, Payloads& payloads) {
  const Term shared = small_list(room, 20);
  const Term keys = tuple(room, {make_atom(1), make_atom(2)});
  const Term map = flat_map(room, keys, std::vector<Term>{shared, unplaced_empty_tuple()});
  const Term binary = counted_binary(room, payloads.make(1000));
  return {shared,
          tuple(room, {shared, map, binary}),
          map,
          flat_map(room, keys, std::vector<Term>{kNil, kNil}),
          binary,
          heap_binary(room, 40),
          float_number(room, 2.5),
          big(room, std::vector<Word>{1, 2, 3}),
          external_fun(room),
          local_fun(room, std::vector<Term>{shared, binary}),
          reference(room, std::vector<std::uint32_t>{1, 2, 3}),
          external_pid(room),
          external_port(room),
          external_reference(room, std::vector<std::uint32_t>{4, 5, 6, 7}),
          magic_reference(room, payloads.make(kMagicPayloadBytes)),
          sub_binary(room, binary, {.offset = 100, .bytes = 200}),
          unplaced_empty_tuple(),
          nested_tuples(room, 50)};
}

}  // namespace

LiteralSupply::LiteralSupply() : image_(empty_image(kAreaWords)) {
  std::vector<Term> literals = one_of_each(TermRoom(image_), payloads_);
  literals.push_back(identity_map(image_, kHashMapKeys));
  for (const Term term : literals) {
    if (!image_.literals.push_back(term)) throw std::bad_alloc();
  }
  payloads_.arena()->retain();
  image_.payloads = payloads_.arena();
  pad(image_, kAreaWords);
}

std::vector<Term> LiteralSupply::terms_of(const LoadedArea& area) const {
  std::vector<Term> terms;
  for (std::size_t i = 0; i < image_.literals.size(); ++i) terms.push_back(area.literal(i));
  return terms;
}

}  // namespace beam_test
