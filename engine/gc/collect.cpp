#include "engine/gc/collect.hpp"

#include <algorithm>

#include "engine/gc/evacuation.hpp"

namespace beam {

namespace {

std::size_t next_for(const Process& process, std::size_t words) noexcept {
  return std::max(process.options.rules->next(words), process.options.min_heap_words);
}

// Words from the heap's top to the block's end: what max_heap_size counts of a stack.
std::size_t free_and_stack(const Process& process) noexcept {
  return static_cast<std::size_t>(process.young.end() - process.htop);
}

Result<Unit> resize_to(Process& process, std::size_t words, Collection& done) noexcept {
  done.resized_words = process.used_words();
  return resize_young_block(process, words);
}

// Major collection --------------------------------------------------------------------------

std::size_t major_block_words(const Process& process, std::size_t usage) noexcept {
  const std::size_t live_at_most = process.stack_words() + usage + process.old_used_words();
  const std::size_t words = next_for(process, live_at_most + kReservedStackWords);
  if (words == process.young.words && process.grow_next) {
    return std::max(process.options.rules->next(words, 1), process.options.min_heap_words);
  }
  return words;
}

Result<Unit> resize_after_major(Process& process, std::size_t need, Collection& done) noexcept {
  const std::size_t block = process.young.words;
  const std::size_t need_after =
      process.used_words() + need + process.stack_words() + kReservedStackWords;
  if (block < need_after) return resize_to(process, next_for(process, need_after), done);
  if (3 * block < 4 * need_after) {
    process.grow_next = true;
    return Unit{};
  }
  const bool mostly_free = 4 * need_after < block;
  if (!mostly_free || block <= process.options.min_heap_words) return Unit{};
  const std::size_t wanted = next_for(process, 2 * need_after);
  return wanted < block ? resize_to(process, wanted, done) : Result<Unit>(Unit{});
}

bool major_kills(Process& process, std::size_t usage, std::size_t new_words) noexcept {
  return process.dies_of(usage + process.old.words + free_and_stack(process) + new_words);
}

Result<Collection> major(Process& process, std::size_t need, std::size_t usage) noexcept {
  const std::size_t words = major_block_words(process, usage);
  if (major_kills(process, usage, words)) return Collection{.major = true, .killed = true};
  const Block to = process.blocks->allocate(words);
  if (!to) return Error{"no memory for a major collection", Error::kNowhere, {words, "{} words"}};
  process.grow_next = false;
  process.need_fullsweep = false;
  process.minor_collections = 0;
  process.hibernated = false;
  sweep_all_into(process, to);
  move_messages_to_heap(process);
  Collection done{.major = true, .moved_words = process.used_words()};
  BEAM_CHECK(resize_after_major(process, need, done));
  return done;
}

// Minor collection --------------------------------------------------------------------------

// The old block that a minor collection works with: the one there is, or one to be made if anything
// is mature.
std::size_t old_block_words(const Process& process, std::size_t usage) noexcept {
  if (process.old) return process.old.words;
  if (process.mature_words() == 0) return 0;
  const BlockRules& rules = *process.options.rules;
  return rules.next(usage, rules.first_old_steps);
}

bool minor_kills(Process& process, std::size_t usage) noexcept {
  return process.dies_of(usage + old_block_words(process, usage) +
                         next_for(process, free_and_stack(process) + usage));
}

// Whether everything mature finds room in the old block, and old binaries are not too many; if not,
// this has to be a major collection.
bool can_tenure(const Process& process, std::size_t usage) noexcept {
  const std::size_t words = old_block_words(process, usage);
  return words != 0 && process.mature_words() <= words - process.old_used_words() &&
         process.virtual_heap.old < process.virtual_heap.old_limit;
}

// The new young block, and an old one if there is none. Error: no memory; nothing changed.
Result<Block> allocate_for_minor(Process& process, std::size_t usage) noexcept {
  Block old;
  if (!process.old) {
    const std::size_t words = old_block_words(process, usage);
    old = process.blocks->allocate(words);
    if (!old) return Error{"no memory for an old heap", Error::kNowhere, {words, "{} words"}};
  }
  const std::size_t words = next_for(process, process.stack_words() + usage);
  const Block young = process.blocks->allocate(words);
  if (!young) {
    process.blocks->release(old);
    return Error{"no memory for a minor collection", Error::kNowhere, {words, "{} words"}};
  }
  if (old) {
    process.old = old;
    process.old_htop = old.begin;
  }
  return young;
}

std::size_t shrunk_words(const Process& process, std::size_t need_after) noexcept {
  std::size_t wanted = 3 * need_after;
  if (9 * wanted < process.old.words) wanted = std::max(wanted, process.old.words / 8);
  return next_for(process, wanted);
}

Result<Unit> resize_after_minor(Process& process, std::size_t need, Collection& done) noexcept {
  constexpr std::size_t kNeverShrunk = 3000;
  constexpr std::size_t kAlwaysShrunk = 8000;
  const std::size_t block = process.young.words;
  const std::size_t need_after =
      process.used_words() + need + process.stack_words() + kReservedStackWords;
  if (block > kNeverShrunk && 4 * need_after < block &&
      (block > kAlwaysShrunk || block > process.old.words)) {
    const std::size_t wanted = shrunk_words(process, need_after);
    return wanted < block ? resize_to(process, wanted, done) : Result<Unit>(Unit{});
  }
  if (need_after > block) return resize_to(process, next_for(process, need_after), done);
  return Unit{};
}

Result<Collection> minor(Process& process, std::size_t need, std::size_t usage) noexcept {
  if (minor_kills(process, usage)) return Collection{.killed = true};
  if (!can_tenure(process, usage)) return major(process, need, usage);
  BEAM_TRY(const auto to, allocate_for_minor(process, usage));
  const std::size_t old_before = process.old_used_words();
  sweep_young_into(process, to);
  move_messages_to_heap(process);
  ++process.minor_collections;
  process.hibernated = false;
  Collection done{.moved_words = process.used_words() + process.old_used_words() - old_before};
  BEAM_CHECK(resize_after_minor(process, need, done));
  return done;
}

}  // namespace

Result<Collection> collect_major(Process& process, std::size_t need) noexcept {
  return major(process, need, process.young_usage());
}

Result<Collection> collect(Process& process, std::size_t need) noexcept {
  const std::size_t usage = process.young_usage();
  const bool may_be_minor =
      process.minor_collections < process.options.fullsweep_after && !process.need_fullsweep;
  return may_be_minor ? minor(process, need, usage) : major(process, need, usage);
}

Result<Collection> collect_on_request(Process& process, Request request) noexcept {
  if (process.hibernated) return Collection{};
  return request == Request::kMajor ? collect_major(process) : collect(process);
}

Result<Word*> allocate_words(Process& process, std::size_t words) noexcept {
  if (Word* at = process.allocate(words)) return at;
  BEAM_TRY(const auto collected, collect(process, words));
  if (collected.killed) return Error{"the process exceeded its heap limit"};
  return process.allocate(words);
}

// Hibernation --------------------------------------------------------------------------------

Result<Collection> hibernate(Process& process, Term arguments) noexcept {
  if (process.messages.first != nullptr) return Collection{};
  return cut_to_live(process, arguments);
}

Result<Collection> cut_to_live(Process& process, Term arguments) noexcept {
  const std::size_t live_at_most =
      process.young.words + process.fragment_words + process.old_used_words() + kReservedStackWords;
  const Block temporary = process.blocks->allocate(live_at_most);
  if (!temporary)
    return Error{"no memory to hibernate", Error::kNowhere, {live_at_most, "{} words"}};
  process.stop = process.young.end() - 1;
  *process.stop = arguments.word;
  process.hibernated = false;
  process.need_fullsweep = false;
  sweep_all_into(process, temporary);
  const std::size_t live = process.used_words();
  const Block exact = process.blocks->allocate(live + kReservedStackWords);
  if (!exact) return Error{"no memory for a hibernated heap", Error::kNowhere, {live, "{} words"}};
  move_young_block(process, exact);
  process.hibernated = true;
  return Collection{.major = true, .moved_words = live, .resized_words = live};
}

}  // namespace beam
