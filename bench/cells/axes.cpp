#include "bench/cells/axes.hpp"

#include <algorithm>
#include <array>

#include "bench/cells/limits.hpp"
#include "engine/purge/registry.hpp"

namespace bench::cells {

namespace {

using Words = std::vector<std::string_view>;

Words strategies() {
  Words names;
  for (const auto& entry : beam::purge_strategies()) names.push_back(entry.name);
  return names;
}
Words blocks() { return {"malloc", "mmap", "erts"}; }
Words temps() { return {"kept", "malloc"}; }
Words thps() { return {"system", "off"}; }
Words shapes() { return {"records", "list", "tuples", "maps", "binaries", "graph"}; }

constexpr auto kTable = std::to_array<Axis>({
    {.flag = "--strategy",
     .type = "NAME,..",
     .help = "How a purge copies what is held [otp]",
     .key = "strategy",
     .segment = {},
     .member = &CellSpec::strategy,
     .words = strategies,
     .in_name = InName::kContender,
     .varies = Varies::kWithStrategy,
     .row_says_more = true},
    {.flag = "--allocator",
     .type = "NAME,..",
     .help = "NAME[:PRESET|:VAR=VALUE;..], or [NAME=]PATH [glibc]",
     .key = "allocator",
     .segment = {},
     .member = &CellSpec::allocator,
     .in_name = InName::kContender,
     .varies = Varies::kWithAllocator,
     .row_says_more = true},
    {.flag = "--blocks",
     .type = "NAME,..",
     .help = "Heap blocks come from malloc, mmap, erts [malloc]",
     .key = "blocks",
     .segment = "blocks",
     .member = &CellSpec::blocks,
     .words = blocks,
     .in_name = InName::kService},
    {.flag = "--temp",
     .type = "NAME,..",
     .help = "Temporary copies come from kept, malloc [kept]",
     .key = "temp",
     .segment = "temp",
     .member = &CellSpec::temp,
     .words = temps,
     .in_name = InName::kService},
    {.flag = "--thp",
     .type = "NAME,..",
     .help = "Transparent huge pages: system, off [system]",
     .key = "thp",
     .segment = "thp",
     .member = &CellSpec::thp,
     .words = thps,
     .in_name = InName::kService,
     .varies = Varies::kWithPages},
    {.flag = "--area-words",
     .type = "N,..",
     .help = "Words of the literal area [100k]",
     .key = "area_words",
     .segment = "area",
     .member = &CellSpec::area_words,
     .numbers = kAreaWords,
     .in_name = InName::kOfArea,
     .varies = Varies::kWithArea,
     .of_area = OfArea::kSynthetic,
     .row_says_more = true},
    {.flag = "--term-words",
     .type = "N,..",
     .help = "Words per literal; the last is padded [28]",
     .key = "term_words",
     .segment = "term",
     .member = &CellSpec::term_words,
     .numbers = kTermWords,
     .in_name = InName::kOfArea,
     .varies = Varies::kWithArea,
     .of_area = OfArea::kSynthetic,
     .row_says_more = true},
    {.flag = "--shape",
     .type = "NAME,..",
     .help = "records, list, tuples, maps, binaries, graph [records]",
     .key = "shape",
     .segment = "shape",
     .member = &CellSpec::shape,
     .words = shapes,
     .in_name = InName::kShape,
     .varies = Varies::kWithArea,
     .of_area = OfArea::kSynthetic,
     .row_says_more = true},
    {.flag = "--module",
     .type = "FILE,..",
     .help = "[NAME=]FILE: a .beam file's area, in place of these",
     .key = "module",
     .segment = "module",
     .member = &CellSpec::module,
     .in_name = InName::kOfArea,
     .varies = Varies::kWithArea,
     .of_area = OfArea::kModule,
     .row_says_more = true},
    {.flag = "--held-words",
     .type = "N,..",
     .help = "A holder holds whole literals of at least N [one]",
     .key = "held_words",
     .segment = "held",
     .member = &CellSpec::held_words,
     .numbers = kHeldWords,
     .in_name = InName::kOfProcesses,
     .varies = Varies::kWithProcesses,
     .row_says_more = true},
    {.flag = "--holders",
     .type = "N,..",
     .help = "Processes that hold literals [100]",
     .key = "holders",
     .segment = "holders",
     .member = &CellSpec::holders,
     .numbers = kProcesses,
     .in_name = InName::kOfProcesses,
     .varies = Varies::kWithProcesses},
    {.flag = "--bystanders",
     .type = "N,..",
     .help = "Processes that hold none [100]",
     .key = "bystanders",
     .segment = "bystanders",
     .member = &CellSpec::bystanders,
     .numbers = kProcesses,
     .in_name = InName::kOfProcesses,
     .varies = Varies::kWithProcesses},
    {.flag = "--dead-holders",
     .type = "N,..",
     .help = "Processes whose garbage alone refers to literals [0]",
     .key = "dead_holders",
     .segment = "dead-holders",
     .member = &CellSpec::dead_holders,
     .numbers = kProcesses,
     .varies = Varies::kWithProcesses},
    {.flag = "--heap-words",
     .type = "N,..",
     .help = "Live words of own data in every process [0]",
     .key = "heap_words",
     .segment = "heap",
     .member = &CellSpec::heap_words,
     .numbers = kHeapWords,
     .in_name = InName::kOfProcesses,
     .varies = Varies::kWithProcesses,
     .row_says_more = true},
    {.flag = "--touch-pages",
     .type = "N,..",
     .help = "Pages touched besides, to check the readings [0]",
     .key = "touch_pages",
     .segment = "touch",
     .member = &CellSpec::touch_pages,
     .numbers = kTouchPages},
    {.flag = "--rounds",
     .type = "N",
     .help = "Purges in one child, medians count [by its size]",
     .key = "rounds",
     .segment = "rounds",
     .member = &CellSpec::rounds,
     .numbers = kRounds,
     .of_run = true,
     .row_says_more = true},
    {.flag = "--schedulers",
     .type = "N,..",
     .help = "Threads that purge [1]",
     .key = "schedulers",
     .segment = "schedulers",
     .member = &CellSpec::schedulers,
     .numbers = kSchedulers},
    {.flag = "--seed",
     .type = "N",
     .help = "Of all that is drawn [1]",
     .key = "seed",
     .segment = "seed",
     .member = &CellSpec::seed,
     .numbers = kSeed,
     .of_run = true,
     .row_says_more = true},
    {.flag = "--literal-space",
     .type = "BYTES",
     .help = "Address range for literal areas [1GiB]",
     .key = "literal_space_bytes",
     .segment = "literal-space",
     .member = &CellSpec::literal_space_bytes,
     .numbers = kLiteralSpaceBytes,
     .of_run = true,
     .row_says_more = true},
    {.flag = "--settle",
     .type = "TIME,..",
     .help = "Read memory again after these, in ms or as 1s [100]",
     .key = "settle_ms",
     .segment = "settle",
     .member = &CellSpec::settle_ms,
     .numbers = kSettleMs,
     .of_run = true,
     .row_says_more = true},
});

}  // namespace

std::span<const Axis> cell_axes() noexcept { return kTable; }

std::vector<const Axis*> axes_in_name(InName place) {
  std::vector<const Axis*> axes;
  for (const Axis& axis : kTable) {
    if (axis.in_name == place) axes.push_back(&axis);
  }
  return axes;
}

const Axis& axis_of(Axis::Member member) {
  return *std::ranges::find(kTable, member, &Axis::member);
}

bool speaks_of(const Axis& axis, const CellSpec& spec) noexcept {
  return axis.of_area != (spec.module.empty() ? OfArea::kModule : OfArea::kSynthetic);
}

bool at_default(const Axis& axis, const CellSpec& spec) {
  const CellSpec defaults;
  return std::visit([&](auto member) { return spec.*member == defaults.*member; }, axis.member);
}

}  // namespace bench::cells
