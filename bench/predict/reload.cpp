#include "bench/predict/reload.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "bench/predict/literal_areas.hpp"
#include "bench/predict/node_memory.hpp"
#include "engine/gc/collect.hpp"
#include "engine/gc/verify.hpp"
#include "engine/node/node.hpp"

namespace bench::predict {

using beam::Result;
using beam::Unit;

namespace {

// The memory of a kind's process.
struct Home {
  HolderMemory memory;
  HolderBlocks blocks{&memory};
};

// Attributes temporary copies to the process they are made for.
class TempOwner final : public beam::PurgeObserver {
 public:
  TempOwner(std::vector<std::unique_ptr<Home>>& homes, HolderBlocks& temp) noexcept
      : homes_(homes), temp_(temp) {}
  void process_begins(std::size_t number) noexcept override { temp_.serve(homes_[number]->memory); }

 private:
  std::vector<std::unique_ptr<Home>>& homes_;
  HolderBlocks& temp_;
};

// The indexes of the first `most` distinct literals that any kind holds.
std::vector<std::uint32_t> keys_of(std::span<const HolderKind> kinds, std::uint64_t most) {
  std::vector<std::uint32_t> keys;
  for (const HolderKind& kind : kinds) {
    keys.insert(keys.end(), kind.literals.begin(), kind.literals.end());
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  if (keys.size() > most) keys.resize(most);
  return keys;
}

class Reload {
 public:
  Reload(const PredictionSpec& spec, const Variant& variant, std::span<const HolderKind> kinds,
         LiteralAreas areas, beam::Node node) noexcept
      : spec_(spec),
        variant_(variant),
        kinds_(kinds),
        areas_(std::move(areas)),
        node_(std::move(node)) {}

  [[nodiscard]] Result<ReloadFigures> run() {
    for (const auto step : {&Reload::load_first, &Reload::spawn, &Reload::load_second,
                            &Reload::purge_all, &Reload::collect_all, &Reload::verify}) {
      const auto done = (this->*step)();
      if (!done) return done.error();
    }
    read_after();
    return figures_;
  }

 private:
  [[nodiscard]] Result<Unit> load_first() {
    return load([](const AreaPart&) { return true; });
  }
  [[nodiscard]] Result<Unit> load_second() {
    return load([](const AreaPart& part) { return part.replaced; });
  }
  template <class Wanted>
  [[nodiscard]] Result<Unit> load(Wanted wanted) noexcept;
  [[nodiscard]] Result<Unit> spawn();
  [[nodiscard]] Result<Unit> purge_all();
  [[nodiscard]] Result<Unit> collect_all();
  // Runs `stage` and adds each kind's memory to the node's.
  template <class Stage>
  [[nodiscard]] Result<Unit> measured(Stage stage);
  // Checks that no heap has a dangling pointer.
  [[nodiscard]] Result<Unit> verify();
  void read_after() noexcept;

  const PredictionSpec& spec_;
  const Variant& variant_;
  std::span<const HolderKind> kinds_;
  LiteralAreas areas_;
  std::vector<std::unique_ptr<Home>> homes_;  // by kind; must outlive the node's processes
  beam::Node node_;                           // process i is of kind i
  NodeMemory memory_;
  ReloadFigures figures_;
};

template <class Wanted>
Result<Unit> Reload::load(Wanted wanted) noexcept {
  for (const AreaPart& part : areas_.parts()) {
    if (!wanted(part)) continue;
    const auto loaded = node_.load(part.name, *part.image);
    if (!loaded) return loaded.error();
  }
  return Unit{};
}

Result<Unit> Reload::spawn() {
  for (const HolderKind& kind : kinds_) {
    homes_.push_back(std::make_unique<Home>());
    auto made = make_holder(kind, spec_, variant_, areas_, node_, homes_.back()->blocks);
    if (!made) return made.error();
    beam::Process process = std::move(made).value();
    if (homes_.size() == 1) figures_.heap_words_before = process.total_heap_words();
    if (process.killed) {
      figures_.killed_before += kind.count;
      process.free_heaps();
    }
    const auto added = node_.processes().add(std::move(process));
    if (!added) return added.error();
  }
  return Unit{};
}

template <class Stage>
Result<Unit> Reload::measured(Stage stage) {
  std::vector<HolderStage> stages(kinds_.size());
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    stages[i].count = kinds_[i].count;
    stages[i].before = homes_[i]->memory.now();
    homes_[i]->memory.reset_peak();
  }
  const Result<Unit> done = stage();
  if (!done) return done;
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    stages[i].peak = homes_[i]->memory.peak();
    stages[i].after = homes_[i]->memory.now();
  }
  figures_.heap_words_peak =
      std::max(figures_.heap_words_peak, stages[0].peak.reserved / beam::kWordBytes);
  memory_.add_stage(stages);
  return Unit{};
}

Result<Unit> Reload::purge_all() {
  HolderBlocks temp;
  TempOwner owner(homes_, temp);
  for (const AreaPart& part : areas_.parts()) {
    if (!part.replaced) continue;
    const auto purged = measured([&]() -> Result<Unit> {
      const auto work = node_.purge(part.name, *spec_.strategy.strategy, temp, owner);
      if (!work) return work.error();
      return Unit{};
    });
    if (!purged) return purged;
    ++figures_.purges;
    figures_.area_words = std::max<std::uint64_t>(figures_.area_words, part.image->area_words());
  }
  return Unit{};
}

Result<Unit> Reload::collect_all() {
  if (!variant_.collect_after) return Unit{};
  return measured([this]() -> Result<Unit> {
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      if (node_.processes()[i].killed) continue;
      const auto collected = beam::collect_on_request(node_.processes()[i]);
      if (!collected) return collected.error();
    }
    return Unit{};
  });
}

Result<Unit> Reload::verify() {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (node_.processes()[i].killed) continue;
    const auto whole = beam::verify_process(node_.processes()[i], &node_.literals());
    if (!whole) return whole.error();
  }
  return Unit{};
}

void Reload::read_after() noexcept {
  for (std::size_t i = kinds_.size(); i-- > 0;) {
    const beam::Process& process = node_.processes()[i];
    if (process.killed) {
      figures_.killed += kinds_[i].count;
    } else {
      figures_.heap_words_after = process.total_heap_words();
    }
  }
  figures_.most_words_judged = node_.processes()[0].most_words_judged;
  figures_.before = memory_.before();
  figures_.peak = memory_.peak();
  figures_.after = memory_.after();
}

}  // namespace

Result<ReloadFigures> run_reload(const PredictionSpec& spec, const Variant& variant,
                                 cells::Area& area, std::span<const HolderKind> kinds,
                                 std::uint64_t most_keys) {
  auto areas = LiteralAreas::lay_out(area, variant, keys_of(kinds, most_keys));
  if (!areas) return areas.error();
  auto node = beam::Node::create({.max_processes = kinds.size()});
  if (!node) return node.error();
  return Reload(spec, variant, kinds, std::move(areas).value(), std::move(node).value()).run();
}

}  // namespace bench::predict
