// Area images of exact sizes, and what they become in a literal space.
#pragma once

#include <cstddef>
#include <utility>

#include "engine/literal/literal_space.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/term/area_image.hpp"
#include "tests/support/term_room.hpp"

namespace beam_test {

[[nodiscard]] beam::AreaImage empty_image(std::size_t max_words);
// Fills the image up to `area_words` with one tuple of small integers.
void pad(beam::AreaImage& image, std::size_t area_words);
// #{1 => 1, 2 => 2, ...}, in the image.
[[nodiscard]] beam::Term identity_map(beam::AreaImage& image, std::size_t keys);
// `count` records of `elements` elements, indexed from 1, and padding up to `area_words`.
[[nodiscard]] beam::AreaImage records_image(std::size_t count, std::size_t elements,
                                            std::size_t area_words);
// One literal, made by `build(TermRoom)`, and padding up to `area_words`.
template <class Build>
[[nodiscard]] beam::AreaImage image_of(std::size_t area_words, Build build) {
  beam::AreaImage image = empty_image(area_words);
  static_cast<void>(image.literals.push_back(build(TermRoom(image))));
  pad(image, area_words);
  return image;
}

[[nodiscard]] beam::LiteralSpace test_space(std::size_t bytes = std::size_t{1} << 28);

// An area, given back with this object.
class LoadedArea {
 public:
  LoadedArea(beam::LiteralSpace& space, const beam::AreaImage& image);
  LoadedArea(const LoadedArea&) = delete;
  LoadedArea& operator=(const LoadedArea&) = delete;
  ~LoadedArea() { release(); }

  void release() noexcept { space_.release(area_); }
  [[nodiscard]] const beam::LiteralArea& area() const noexcept { return area_; }
  [[nodiscard]] beam::Term literal(std::size_t index) const noexcept;

 private:
  beam::LiteralSpace& space_;
  const beam::AreaImage& image_;
  beam::LiteralArea area_;
};

}  // namespace beam_test
