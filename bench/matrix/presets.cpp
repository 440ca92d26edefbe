#include "bench/matrix/presets.hpp"

#include <algorithm>

#include "allocators/registry.hpp"
#include "bench/cells/axes.hpp"

namespace bench::matrix {
namespace {

std::vector<std::string> all_allocators() {
  std::vector<std::string> names;
  for (const auto* const each : ::allocators::registry()) names.emplace_back(each->name);
  return names;
}

// One matrix: every allocator, and these areas and holders.
Axes areas_and_holders(std::vector<std::uint64_t> areas, std::vector<std::uint64_t> holders) {
  Axes axes;
  axes[&cells::CellSpec::allocator] = all_allocators();
  axes[&cells::CellSpec::area_words] = std::move(areas);
  axes[&cells::CellSpec::holders] = std::move(holders);
  return axes;
}

// Three ways to reserve 100 to 150 MB: from small areas with many holders to large areas with few.
RunPreset quick() {
  return {"quick",
          "every allocator, three areas from 10 thousand to a million words",
          2,
          {areas_and_holders({10'000}, {1'000}), areas_and_holders({100'000}, {100}),
           areas_and_holders({1'000'000}, {10})}};
}

// When memory is read after a purge, in ms: decay of some allocators takes seconds.
const std::vector<std::uint64_t> kLongSettle = {100, 1'000, 5'000};

// Area by holders, then one axis at a time around the middle. A thousand holders of the larger
// areas would reserve 8 GB and more, without telling more than a hundred.
std::vector<Axes> standard_matrices() {
  std::vector<Axes> all = {areas_and_holders({10'000, 100'000, 1'000'000, 2'600'000}, {1, 10, 100}),
                           areas_and_holders({10'000, 100'000}, {1'000})};
  Axes held = areas_and_holders({100'000}, {100});
  held[&cells::CellSpec::held_words] = {1'000, 50'000};
  Axes heaps = areas_and_holders({100'000}, {100});
  heaps[&cells::CellSpec::heap_words] = {10'000};
  Axes shapes = areas_and_holders({100'000}, {100});
  shapes[&cells::CellSpec::shape] = {"list", "maps", "binaries", "graph"};
  shapes[&cells::CellSpec::held_words] = {10'000};
  Axes scanned = areas_and_holders({100'000}, {0});
  scanned[&cells::CellSpec::bystanders] = {10'000};
  Axes dead = areas_and_holders({100'000}, {0});
  dead[&cells::CellSpec::dead_holders] = {100};
  for (Axes* const each : {&held, &heaps, &shapes, &scanned, &dead})
    all.push_back(std::move(*each));
  return all;
}

RunPreset standard() {
  std::vector<Axes> all = standard_matrices();
  all.push_back(areas_and_holders({1'000'000}, {50}));
  all.back().settle_ms = kLongSettle;
  // A node's own carriers, independent of malloc.
  Axes runtime = areas_and_holders({10'000, 100'000, 1'000'000}, {10, 100});
  runtime[&cells::CellSpec::blocks] = {"erts"};
  runtime[&cells::CellSpec::allocator].resize(1);
  all.push_back(std::move(runtime));
  return {"standard",
          "areas by holders, what is held, own heaps, shapes, bystanders, dead holders, carriers",
          5, std::move(all)};
}

RunPreset full() {
  std::vector<Axes> all = standard_matrices();
  all.push_back(areas_and_holders({1'000, 1'000'000, 10'000'000}, {1, 10, 50, 100}));
  Axes held = areas_and_holders({100'000}, {100});
  held[&cells::CellSpec::held_words] = {10'000, 100'000};
  Axes heaps = areas_and_holders({100'000}, {100});
  heaps[&cells::CellSpec::heap_words] = {100'000};
  Axes tuples = areas_and_holders({100'000}, {100});
  tuples[&cells::CellSpec::shape] = {"tuples"};
  tuples[&cells::CellSpec::held_words] = {10'000};
  Axes blocks = areas_and_holders({10'000, 100'000, 1'000'000}, {10, 100});
  blocks[&cells::CellSpec::blocks] = {"mmap", "erts"};
  blocks[&cells::CellSpec::allocator].resize(1);
  Axes temp = areas_and_holders({10'000, 100'000, 1'000'000}, {10, 100});
  temp[&cells::CellSpec::temp] = {"malloc"};
  Axes thp = areas_and_holders({100'000, 1'000'000}, {10, 100});
  thp[&cells::CellSpec::thp] = {"off"};
  Axes crowd = areas_and_holders({1'000}, {10'000, 100'000});
  crowd[&cells::CellSpec::bystanders] = {100'000};
  Axes bystanders = areas_and_holders({1'000}, {1});
  bystanders[&cells::CellSpec::bystanders] = {1'000'000};
  for (Axes* const each : {&held, &heaps, &tuples, &blocks, &temp, &thp, &crowd, &bystanders})
    all.push_back(std::move(*each));
  for (Axes& axes : all) axes.settle_ms = kLongSettle;
  return {"full",
          "standard read for 5 s, larger areas, other blocks, copies by malloc, crowds; hours", 5,
          std::move(all)};
}

// Configuration modules of a game server whose processes jumped from 3-10 MB to 50-60 MB of
// total_heap_size: an area of over 6,189,440 words makes an old heap of 7,427,328, which are 59.4
// MB.
RunPreset seed() {
  Axes axes = areas_and_holders({7'000'000}, {1, 10, 100});
  axes[&cells::CellSpec::bystanders] = {10};
  axes[&cells::CellSpec::heap_words] = {0, 393'216, 1'310'720};
  return {"seed", "the reported case: heaps of 0, 3 and 10 MB that jump by 59 MB each", 3, {axes}};
}

// One allocator, the default, so that only strategies differ. A cell that no budget
// holds is skipped: `otp` reserves 80 GB for a thousand holders of ten million words.
RunPreset strategies() {
  Axes many = areas_and_holders({100'000, 1'000'000, 10'000'000}, {1'000});
  Axes held = areas_and_holders({100'000}, {100});
  held[&cells::CellSpec::held_words] = {100, 1'000, 10'000, 50'000, 100'000};
  std::vector<Axes> all = {std::move(many), std::move(held)};
  const auto names = cells::axis_of(&cells::CellSpec::strategy).words();
  for (Axes& axes : all) {
    axes[&cells::CellSpec::strategy] = std::vector<std::string>(names.begin(), names.end());
    axes[&cells::CellSpec::allocator] = {std::string(::allocators::default_allocator().name)};
  }
  return {"strategies",
          "every strategy: small literals in large areas, and what is held from 0.1% on", 9,
          std::move(all)};
}

// A known number of pages, which the readings must show, beside a purge that moves almost nothing.
RunPreset selfcheck() {
  Axes axes = areas_and_holders({1'000}, {1});
  axes[&cells::CellSpec::bystanders] = {0};
  axes[&cells::CellSpec::touch_pages] = {65'536};
  axes[&cells::CellSpec::thp] = {"system", "off"};
  return {"selfcheck",
          "whether every resident reading shows 65,536 touched pages within 1%",
          1,
          {axes}};
}

}  // namespace

std::span<const RunPreset> run_presets() {
  static const std::vector<RunPreset> kPresets = {quick(), standard(),   full(),
                                                  seed(),  strategies(), selfcheck()};
  return kPresets;
}

const RunPreset* find_preset(std::string_view name) {
  const auto presets = run_presets();
  const auto found = std::ranges::find(presets, name, &RunPreset::name);
  return found == presets.end() ? nullptr : &*found;
}

}  // namespace bench::matrix
