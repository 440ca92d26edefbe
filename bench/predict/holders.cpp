#include "bench/predict/holders.hpp"

#include <algorithm>

#include "bench/cells/draw.hpp"
#include "bench/holders/build_holder.hpp"
#include "engine/literal/load_image.hpp"

namespace bench::predict {

namespace {

HolderKind given_kind(const PredictionSpec& spec, const cells::Area& area) {
  HolderKind kind;
  for (const std::uint64_t literal : spec.hold) {
    const auto index = static_cast<std::uint32_t>(literal);
    kind.literals.push_back(index);
    const auto usable = std::ranges::lower_bound(area.usable, index);
    if (usable == area.usable.end() || *usable != index) continue;
    kind.held_words += area.words[static_cast<std::size_t>(usable - area.usable.begin())];
  }
  return kind;
}

HolderKind drawn_kind(const PredictionSpec& spec, const cells::Area& area, std::uint64_t number) {
  HolderKind kind;
  cells::CellSpec draws;
  draws.held_words = spec.held_words;
  cells::Draw draw(draws, area, number);
  while (draw.more()) kind.literals.push_back(draw.next());
  kind.held_words = draw.words();
  return kind;
}

// The literals of a kind, at their places in a variant's areas.
class KindTerms final : public holders::HeldTerms {
 public:
  KindTerms(const HolderKind& kind, const LiteralAreas& areas, beam::Node& node) noexcept
      : kind_(kind), areas_(areas), node_(node) {}

  [[nodiscard]] bool more() const noexcept override { return taken_ < kind_.literals.size(); }
  [[nodiscard]] holders::HeldTerm next() noexcept override {
    const std::uint32_t literal = kind_.literals[taken_++];
    const LiteralAreas::Place place = areas_.place(literal);
    const AreaPart& part = areas_.parts()[place.part];
    const beam::LiteralArea& loaded = node_.code().find(part.name)->current.literals;
    return {beam::placed_term(place.term, *part.image, loaded, node_.literals()), loaded.range(),
            literal};
  }

 private:
  const HolderKind& kind_;
  const LiteralAreas& areas_;
  beam::Node& node_;
  std::size_t taken_ = 0;
};

}  // namespace

std::vector<HolderKind> kinds_of(const PredictionSpec& spec, const cells::Area& area,
                                 std::uint64_t kinds) {
  const std::uint64_t count = spec.hold.empty() ? std::min(kinds, spec.holders) : 1;
  std::vector<HolderKind> all;
  for (std::uint64_t i = 0; i < count; ++i) {
    all.push_back(spec.hold.empty() ? drawn_kind(spec, area, i) : given_kind(spec, area));
    all.back().count = spec.holders / count + (i < spec.holders % count ? 1 : 0);
  }
  return all;
}

beam::Result<beam::Process> make_holder(const HolderKind& kind, const PredictionSpec& spec,
                                        const Variant& variant, const LiteralAreas& areas,
                                        beam::Node& node, HolderBlocks& blocks) noexcept {
  KindTerms terms(kind, areas, node);
  return holders::build_holder(blocks, node.literals().range(),
                               {.holding = variant.holding,
                                .own_words = spec.heap_words,
                                .max_heap_words = spec.max_heap_words,
                                .hibernated = spec.hibernated || variant.hibernate},
                               terms);
}

}  // namespace bench::predict
