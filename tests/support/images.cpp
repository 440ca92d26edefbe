#include "tests/support/images.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "engine/term/map_builder.hpp"

namespace beam_test {

using namespace beam;

AreaImage empty_image(std::size_t max_words) {
  AreaImage image;
  auto arena = WordArena::reserve(std::max<std::size_t>(max_words, 1));
  if (!arena) throw std::runtime_error(arena.error().what);
  image.words = std::move(arena).value();
  return image;
}

void pad(AreaImage& image, std::size_t area_words) {
  const std::size_t left = area_words - image.area_words();
  if (left == 0) return;
  Word* object = TermRoom(image).take(left);
  object[0] = make_header(left - 1, Subtag::kTuple);
  std::fill(object + 1, object + left, make_small(0).word);
}

Term identity_map(AreaImage& image, std::size_t keys) {
  const AtomTable atoms;
  std::vector<Term> pairs;
  for (std::size_t i = 1; i <= keys; ++i) {
    pairs.insert(pairs.end(), 2, make_small(static_cast<std::int64_t>(i)));
  }
  const auto map = build_map(pairs, image.words, atoms, nullptr);
  if (!map) throw std::runtime_error(map.error().what);
  return map.value();
}

AreaImage records_image(std::size_t count, std::size_t elements, std::size_t area_words) {
  AreaImage image = empty_image(area_words);
  for (std::size_t i = 1; i <= count; ++i) {
    const Term term = record(TermRoom(image), static_cast<std::int64_t>(i), elements);
    if (!image.literals.push_back(term)) throw std::bad_alloc();
  }
  pad(image, area_words);
  return image;
}

LiteralSpace test_space(std::size_t bytes) {
  auto space = LiteralSpace::reserve(bytes);
  if (!space) throw std::runtime_error(space.error().what);
  return std::move(space).value();
}

LoadedArea::LoadedArea(LiteralSpace& space, const AreaImage& image) : space_(space), image_(image) {
  const auto loaded = load_image(space, image);
  if (!loaded) throw std::runtime_error(loaded.error().what);
  area_ = loaded.value();
}

Term LoadedArea::literal(std::size_t index) const noexcept {
  return placed_term(image_.literals[index], image_, area_, space_);
}

}  // namespace beam_test
