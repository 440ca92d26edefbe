// Whether the area image of a module is what it says: for tests and fuzz targets alike.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/beam_file/beam_module.hpp"
#include "engine/term/traversal.hpp"

namespace beam_test {

// Words of the objects that `literal` reaches; ~0 if one of them is outside of `range`.
[[nodiscard]] inline std::size_t literal_words(beam::Term literal, beam::AddressRange range) {
  std::size_t words = 0;
  bool outside = false;
  const auto walked = beam::for_each_object(literal, [&](beam::Term object) {
    words += beam::object_words(object);
    outside = outside || !range.contains(object.word);
  });
  return walked.ok() && !outside ? words : ~std::size_t{0};
}

// What is wrong with the image, or null. The literals are apart from each other, in the first words
// of the area, and fill these exactly.
[[nodiscard]] inline const char* damage_of(const beam::BeamModule& module) {
  const beam::AreaImage& image = module.image;
  if (image.static_words + image.line_words + image.dynamic_words != image.area_words()) {
    return "the parts are not the whole";
  }
  if (module.bounds.min_words > image.area_words() ||
      image.area_words() > module.bounds.max_words) {
    return "the area is outside of its bounds";
  }
  const auto base = reinterpret_cast<beam::Word>(image.words.base());
  std::size_t words = 0;
  for (const beam::Term literal : image.literals) {
    words += literal_words(literal, {base, image.static_words * beam::kWordBytes});
  }
  return words == image.static_words ? nullptr : "the literals are not the static words";
}

}  // namespace beam_test
