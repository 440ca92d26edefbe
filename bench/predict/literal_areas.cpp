#include "bench/predict/literal_areas.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/etf/flat_copy.hpp"
#include "engine/etf/image_builder.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term_words.hpp"

namespace bench::predict {

using beam::Result;
using beam::Term;
using beam::Unit;
using beam::Word;

namespace {

// Payloads are shared with the module's image; none are created.
constexpr std::size_t kNoPayloadBytes = 4096;
constexpr std::size_t kPairWords = 3;

Result<beam::ImageBuilder> builder_for(cells::Area& area, std::size_t words) {
  return beam::ImageBuilder::create(area.atoms, {.max_words = std::max<std::size_t>(words, 1),
                                                 .max_payload_bytes = kNoPayloadBytes});
}

// A range of literals, [first, end), and the words that a copy of them takes.
struct Share {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  std::size_t words = 0;
};

// Splits the literals in order into shares of about the same words. Error: no memory.
Result<std::vector<Share>> shares_of(const cells::Area& area, std::uint64_t parts) {
  std::vector<Share> shares(1);
  std::uint64_t taken = 0;
  for (std::uint32_t i = 0; i < area.image.literals.size(); ++i) {
    const auto words = beam::flat_words(area.image.literals[i]);
    if (!words) return words.error();
    const std::uint64_t due = taken * parts / std::max<std::uint64_t>(area.total_words, 1);
    if (shares.back().words != 0 && due >= shares.size() && shares.size() < parts) {
      shares.push_back({i, i, 0});
    }
    shares.back().end = i + 1;
    shares.back().words += words.value();
    taken += words.value();
  }
  return shares;
}

// A tuple {Key, Value} with the literal as its value. Error: no memory.
Result<Term> build_pair(beam::ImageBuilder& builder, std::uint32_t key, Term literal) {
  Word* const pair = builder.allocate(kPairWords);
  if (pair == nullptr) return beam::kAreaFull;
  const auto value = beam::flat_copy(literal, builder);
  if (!value) return value.error();
  pair[0] = beam::make_header(2, beam::Subtag::kTuple);
  pair[1] = beam::make_small(key).word;
  pair[2] = value.value().word;
  return value.value();
}

}  // namespace

Result<LiteralAreas> LiteralAreas::lay_out(cells::Area& area, const Variant& variant,
                                           std::span<const std::uint32_t> keys) {
  LiteralAreas areas;
  areas.places_.resize(area.image.literals.size());
  Result<Unit> done = Unit{};
  switch (variant.layout) {
    case Layout::kWhole:
      areas.keep_whole(area, true);
      break;
    case Layout::kSplit:
      done = areas.split(area, variant.parts);
      break;
    case Layout::kKeyed:
      areas.keep_whole(area, false);
      done = areas.key(area, keys);
      break;
  }
  if (!done) return done.error();
  return areas;
}

void LiteralAreas::keep_whole(const cells::Area& area, bool replaced) {
  parts_.push_back({area.module, &area.image, replaced});
  for (std::size_t i = 0; i < places_.size(); ++i) places_[i] = {0, area.image.literals[i]};
}

// Every part has all file names, since each would be a module with its own line table, and an equal
// share of the dynamic literals.
Result<Unit> LiteralAreas::split(cells::Area& area, std::uint64_t parts) {
  const auto shares = shares_of(area, parts);
  if (!shares) return shares.error();
  const std::size_t share_of_dynamic =
      (area.image.dynamic_words + shares.value().size() - 1) / shares.value().size();
  const std::size_t cells = (area.image.line_words + share_of_dynamic + 1) / beam::kConsWords;
  for (const Share& share : shares.value()) {
    auto builder = builder_for(area, share.words + cells * beam::kConsWords);
    if (!builder) return builder.error();
    for (std::uint32_t i = share.first; i < share.end; ++i) {
      const auto copied = beam::flat_copy(area.image.literals[i], builder.value());
      if (!copied) return copied.error();
      places_[i] = {static_cast<std::uint32_t>(parts_.size()), copied.value()};
    }
    const auto rest = builder.value().string(std::vector<std::uint8_t>(cells));
    if (!rest) return rest.error();
    const auto added = add_part(area, builder.value().take());
    if (!added) return added.error();
  }
  return Unit{};
}

Result<Unit> LiteralAreas::key(cells::Area& area, std::span<const std::uint32_t> keys) {
  for (const std::uint32_t literal : keys) {
    const auto words = beam::flat_words(area.image.literals[literal]);
    if (!words) return words.error();
    auto builder = builder_for(area, kPairWords + words.value());
    if (!builder) return builder.error();
    const auto value = build_pair(builder.value(), literal, area.image.literals[literal]);
    if (!value) return value.error();
    places_[literal] = {static_cast<std::uint32_t>(parts_.size()), value.value()};
    const auto added = add_part(area, builder.value().take());
    if (!added) return added.error();
  }
  return Unit{};
}

Result<Unit> LiteralAreas::add_part(cells::Area& area, beam::AreaImage image) {
  const auto name = area.atoms.intern("part_" + std::to_string(parts_.size()));
  if (!name) return name.error();
  owned_.push_back(std::make_unique<beam::AreaImage>(std::move(image)));
  parts_.push_back({name.value(), owned_.back().get(), true});
  return Unit{};
}

}  // namespace bench::predict
