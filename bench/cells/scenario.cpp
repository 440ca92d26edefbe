#include "bench/cells/scenario.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "bench/cells/draw.hpp"
#include "bench/holders/own_data.hpp"
#include "engine/gc/collect.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/term/layout.hpp"

namespace bench {

using beam::Error;
using beam::Process;
using beam::Result;
using beam::Term;
using beam::Unit;

Result<std::unique_ptr<Scenario>> Scenario::build(const CellSpec& spec, const Area& area,
                                                  beam::BlockResource& blocks) noexcept {
  if (spec.holders != 0 && area.usable.empty()) {
    return Error{"the module has no literal that a holder could hold"};
  }
  if (spec.held_words > area.total_words) {
    return Error{"held words exceed the words of all literals",
                 Error::kNowhere,
                 {spec.held_words, "{} words, and there are {}", area.total_words}};
  }
  const std::uint64_t processes = spec.holders + spec.bystanders;
  auto node = beam::Node::create({.literal_space_bytes = spec.literal_space_bytes,
                                  .max_processes = std::max<std::uint64_t>(processes, 1)});
  if (!node) return node.error();
  std::unique_ptr<Scenario> scenario(new (std::nothrow)
                                         Scenario(spec, area, blocks, std::move(node).value()));
  if (scenario == nullptr) return Error{"no memory for the scenario"};
  const auto loaded = scenario->node_.load(area.module, area.image);
  if (!loaded) return loaded.error();
  if (!scenario->choose_holders()) return Error{"no memory for the scenario"};
  return scenario;
}

// Holders evenly among all: process i is one where the rounded share steps up.
bool Scenario::choose_holders() noexcept {
  const std::uint64_t total = spec_.holders + spec_.bystanders;
  if (total != 0 && !holds_.resize(total)) return false;
  for (std::uint64_t i = 0; i < total; ++i) {
    const bool holder = (i + 1) * spec_.holders / total != i * spec_.holders / total;
    holds_[i] = holder ? 1 : 0;
  }
  return true;
}

Result<Unit> Scenario::spawn_all() noexcept {
  for (std::uint64_t i = 0; i < holds_.size(); ++i) {
    auto process = make_process(i, holds_[i] != 0);
    if (!process) return process.error();
    const auto added = node_.processes().add(std::move(process).value());
    if (!added) return added.error();
  }
  return Unit{};
}

Result<Process> Scenario::make_process(std::uint64_t number, bool holder) noexcept {
  auto spawned = spawn_with_own_data(blocks_, node_.literals().range(), spec_.heap_words);
  if (!spawned) return spawned.error();
  Process process = std::move(spawned).value();
  const auto slot = push_slot(process);
  if (!slot) return slot.error();
  if (holder) {
    const auto held = hold(process, number);
    if (!held) return held.error();
  }
  return process;
}

// One literal is held by the stack itself, several by a list.
Result<Unit> Scenario::hold(Process& process, std::uint64_t number) noexcept {
  const beam::LiteralArea& current = node_.code().find(area_.module)->current.literals;
  Draw draw(spec_, area_, number);
  const auto next = [&] {
    return beam::placed_term(area_.image.literals[draw.next()], area_.image, current,
                             node_.literals());
  };
  const Term first = next();
  if (draw.more()) {
    process.stack_term(kHeldSlot) = beam::kNil;
    for (Term literal = first;; literal = next()) {
      const auto cell = beam::allocate_words(process, beam::kConsWords);
      if (!cell) return cell.error();
      Term& list = process.stack_term(kHeldSlot);
      cell.value()[0] = literal.word;
      cell.value()[1] = list.word;
      list = beam::make_list(cell.value());
      if (!draw.more()) break;
    }
  } else {
    process.stack_term(kHeldSlot) = first;
  }
  held_words_.add(draw.words());
  total_held_words_ += draw.words();
  return Unit{};
}

Result<Unit> Scenario::reload() noexcept {
  const auto loaded = node_.load(area_.module, area_.image);
  if (!loaded) return loaded.error();
  return Unit{};
}

Result<Unit> Scenario::restart_holders() noexcept {
  total_held_words_ = 0;
  held_words_ = {};
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    if (holds_[i] == 0) continue;
    node_.processes()[i].free_heaps();
    auto process = make_process(i, true);
    if (!process) return process.error();
    node_.processes()[i] = std::move(process).value();
  }
  return Unit{};
}

Result<Unit> Scenario::collect_holders() noexcept {
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    if (holds_[i] == 0 || node_.processes()[i].killed) continue;
    const auto collected = beam::collect_major(node_.processes()[i]);
    if (!collected) return collected.error();
  }
  return Unit{};
}

Spread Scenario::heap_words(bool holders) noexcept {
  SpreadOf words;
  for (std::size_t i = 0; i < holds_.size(); ++i) {
    if ((holds_[i] != 0) != holders) continue;
    words.add(node_.processes()[i].total_heap_words());
  }
  return words.spread();
}

}  // namespace bench
