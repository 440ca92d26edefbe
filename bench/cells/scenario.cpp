#include "bench/cells/scenario.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "bench/cells/draw.hpp"
#include "bench/holders/build_holder.hpp"
#include "engine/gc/collect.hpp"
#include "engine/literal/load_image.hpp"

namespace bench::cells {

using beam::Error;
using beam::Process;
using beam::Result;
using beam::Unit;

namespace {

// The drawn literals, in the current version of the module.
class DrawnTerms final : public holders::HeldTerms {
 public:
  DrawnTerms(Draw draw, const Area& area, beam::Node& node) noexcept
      : draw_(draw),
        area_(area),
        literals_(node.literals()),
        current_(node.code().find(area.module)->current.literals) {}

  [[nodiscard]] bool more() const noexcept override { return draw_.more(); }
  [[nodiscard]] holders::HeldTerm next() noexcept override {
    const std::uint32_t literal = draw_.next();
    return {beam::placed_term(area_.image.literals[literal], area_.image, current_, literals_),
            current_.range(), literal};
  }
  // Of all drawn literals.
  [[nodiscard]] std::uint64_t words() const noexcept { return draw_.words(); }

 private:
  Draw draw_;
  const Area& area_;
  beam::LiteralSpace& literals_;
  const beam::LiteralArea& current_;
};

// Whether item `i` of `total` is one of `chosen` that are spread evenly: the rounded share
// increases there.
bool is_chosen(std::uint64_t i, std::uint64_t chosen, std::uint64_t total) noexcept {
  return (i + 1) * chosen / total != i * chosen / total;
}

}  // namespace

Result<std::unique_ptr<Scenario>> Scenario::build(const CellSpec& spec, const Area& area,
                                                  beam::BlockResource& blocks) noexcept {
  if (spec.holders + spec.dead_holders != 0 && area.usable.empty()) {
    return Error{"the module has no literal that a holder could hold"};
  }
  if (spec.held_words > area.total_words) {
    return Error{"held words exceed the words of all literals",
                 Error::kNowhere,
                 {spec.held_words, "{} words, and there are {}", area.total_words}};
  }
  auto node = beam::Node::create({.literal_space_bytes = spec.literal_space_bytes,
                                  .max_processes = std::max<std::uint64_t>(spec.processes(), 1)});
  if (!node) return node.error();
  std::unique_ptr<Scenario> scenario(new (std::nothrow)
                                         Scenario(spec, area, blocks, std::move(node).value()));
  if (scenario == nullptr) return Error{"no memory for the scenario"};
  const auto loaded = scenario->node_.load(area.module, area.image);
  if (!loaded) return loaded.error();
  if (!scenario->choose_kinds()) return Error{"no memory for the scenario"};
  return scenario;
}

// Spreads holders evenly over all processes, and dead holders over the rest.
bool Scenario::choose_kinds() noexcept {
  const std::uint64_t total = spec_.processes();
  if (total != 0 && !kinds_.resize(total)) return false;
  const std::uint64_t others = total - spec_.holders;
  std::uint64_t other = 0;
  for (std::uint64_t i = 0; i < total; ++i) {
    kinds_[i] = ProcessKind::kHolder;
    if (is_chosen(i, spec_.holders, total)) continue;
    const bool dead = is_chosen(other++, spec_.dead_holders, others);
    kinds_[i] = dead ? ProcessKind::kDeadHolder : ProcessKind::kBystander;
  }
  return true;
}

Result<Unit> Scenario::spawn_all() noexcept {
  for (std::uint64_t i = 0; i < kinds_.size(); ++i) {
    auto process = make_process(i);
    if (!process) return process.error();
    const auto added = node_.processes().add(std::move(process).value());
    if (!added) return added.error();
  }
  return Unit{};
}

Result<Process> Scenario::make_process(std::uint64_t number) noexcept {
  const beam::AddressRange literals = node_.literals().range();
  holders::Holder wanted{.own_words = spec_.heap_words};
  if (kinds_[number] == ProcessKind::kBystander) {
    holders::NoTerms nothing;
    return holders::build_holder(blocks_, literals, wanted, nothing);
  }
  DrawnTerms terms({spec_, area_, number}, area_, node_);
  if (kinds_[number] == ProcessKind::kDeadHolder) {
    wanted.place = holders::HoldingPlace::kHeap;
    wanted.live = false;
    return holders::build_holder(blocks_, literals, wanted, terms);
  }
  auto process = holders::build_holder(blocks_, literals, wanted, terms);
  held_words_.add(terms.words());
  total_held_words_ += terms.words();
  return process;
}

Result<Unit> Scenario::reload() noexcept {
  const auto loaded = node_.load(area_.module, area_.image);
  if (!loaded) return loaded.error();
  return Unit{};
}

Result<Unit> Scenario::restart_holders() noexcept {
  total_held_words_ = 0;
  held_words_ = {};
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == ProcessKind::kBystander) continue;
    node_.processes()[i].free_heaps();
    auto process = make_process(i);
    if (!process) return process.error();
    node_.processes()[i] = std::move(process).value();
  }
  return Unit{};
}

Result<Unit> Scenario::collect_holders() noexcept {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == ProcessKind::kBystander || node_.processes()[i].killed) continue;
    const auto collected = beam::collect_major(node_.processes()[i]);
    if (!collected) return collected.error();
  }
  return Unit{};
}

Spread Scenario::heap_words(ProcessKind kind) noexcept {
  SpreadOf words;
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == kind) words.add(node_.processes()[i].total_heap_words());
  }
  return words.spread();
}

}  // namespace bench::cells
