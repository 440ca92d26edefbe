// The literals of a module laid out in areas: its own, or those of a mitigation.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "bench/cells/area.hpp"
#include "bench/predict/variant.hpp"
#include "engine/base/result.hpp"
#include "engine/term/area_image.hpp"

namespace bench::predict {

struct AreaPart {
  beam::Term name;  // an atom
  const beam::AreaImage* image = nullptr;
  bool replaced = true;  // a new version is loaded, and the old one purged
};

class LiteralAreas {
 public:
  // `area` must outlive this. A keyed layout has an area for each of `keys` (distinct literal
  // indexes) and keeps the other literals in place, not replaced. Error: no memory.
  [[nodiscard]] static beam::Result<LiteralAreas> lay_out(cells::Area& area, const Variant& variant,
                                                          std::span<const std::uint32_t> keys);

  [[nodiscard]] std::span<const AreaPart> parts() const noexcept { return parts_; }

  // The place of a literal: its part and its term in the part's image.
  struct Place {
    std::uint32_t part = 0;
    beam::Term term;
  };
  [[nodiscard]] Place place(std::uint32_t literal) const noexcept { return places_[literal]; }

 private:
  LiteralAreas() = default;
  void keep_whole(const cells::Area& area, bool replaced);
  [[nodiscard]] beam::Result<beam::Unit> split(cells::Area& area, std::uint64_t parts);
  [[nodiscard]] beam::Result<beam::Unit> key(cells::Area& area,
                                             std::span<const std::uint32_t> keys);
  [[nodiscard]] beam::Result<beam::Unit> add_part(cells::Area& area, beam::AreaImage image);

  std::vector<AreaPart> parts_;
  std::vector<std::unique_ptr<beam::AreaImage>> owned_;
  std::vector<Place> places_;  // by literal
};

}  // namespace bench::predict
