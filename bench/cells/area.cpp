#include "bench/cells/area.hpp"

#include <utility>

#include "bench/cells/synthetic_area.hpp"
#include "engine/term/term_words.hpp"

namespace bench {

using beam::Error;
using beam::Result;
using beam::Unit;

namespace {

// Lists the literals that take room in the area: neither immediates nor `{}`.
Result<Unit> list_usable(Area& area) {
  for (std::size_t i = 0; i < area.image.literals.size(); ++i) {
    const auto words = beam::graph_words(area.image.literals[i]);
    if (!words) return words.error();
    if (words.value() == 0) continue;
    if (!area.usable.push_back(static_cast<std::uint32_t>(i)) ||
        !area.words.push_back(words.value())) {
      return Error{"no memory for the list of literals"};
    }
    area.total_words += words.value();
  }
  return Unit{};
}

Result<Unit> make_synthetic(const CellSpec& spec, Area& area) {
  const auto name = area.atoms.intern("synthetic");
  if (!name) return name.error();
  area.module = name.value();
  auto image = make_synthetic_area({.shape = spec.shape,
                                    .area_words = spec.area_words,
                                    .term_words = spec.term_words,
                                    .seed = spec.seed},
                                   area.atoms);
  if (!image) return image.error();
  area.image = std::move(image).value();
  return Unit{};
}

}  // namespace

Result<std::unique_ptr<Area>> build_area(const CellSpec& spec) {
  auto area = std::make_unique<Area>();
  const auto made = make_synthetic(spec, *area);
  if (!made) return made.error();
  const auto listed = list_usable(*area);
  if (!listed) return listed.error();
  return area;
}

}  // namespace bench
