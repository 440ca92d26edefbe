// The terms that the process builds, and its dictionary.
#include <algorithm>
#include <vector>

#include "bench/validate/machine.hpp"
#include "engine/base/word_arena.hpp"
#include "engine/gc/collect.hpp"
#include "engine/term/atom_table.hpp"
#include "engine/term/copy_term.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/map_builder.hpp"
#include "engine/term/term_writer.hpp"

namespace bench::validate {

using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

constexpr std::size_t kDictionaryTupleWords = 3;
constexpr std::size_t kMostMapWordsPerKey = 32;  // of small integers

// The value in an entry of the dictionary; [] if it was erased or never existed.
Term value_of(const Term* entry) {
  return entry != nullptr && entry->is_boxed() ? Term{entry->pointer()[2]} : beam::kNil;
}

}  // namespace

// Collects unless `words` fit, as compiled code does: by a call, so that one word more, the
// return address, is on the stack meanwhile (emit_garbage_collect, erts/emulator/beam/jit/x86).
Result<Unit> Machine::make_room(std::size_t words) {
  if (process_->room() >= words) return Unit{};
  return without_value(collect_in_call(words));
}

// In the model the word of the return address, one of the reserved ones, holds the register's
// value.
Result<Term> Machine::collect_in_call(std::size_t need, Term live) {
  *--process_->stop = live.word;
  const auto collected = beam::collect(*process_, need);
  const Term moved = process_->stack_term(0);
  process_->pop(kReturnAddressWords);
  if (!collected) return collected.error();
  return moved;
}

Result<beam::Word*> Machine::allocate(std::size_t words) {
  const auto room = make_room(words);
  if (!room) return room.error();
  if (process_->killed) return beam::Error{"the process exceeded its heap limit"};
  return process_->allocate(words);
}

Result<Unit> Machine::build_list(Number to, Number length) {
  const auto room = allocate(beam::kConsWords * length);
  if (!room) return room.error();
  slot(to) = list_at(room.value(), length);
  return Unit{};
}

Term list_at(beam::Word* at, Number length) {
  Term list = beam::kNil;
  for (Number i = length; i != 0; --i, at += beam::kConsWords) {
    at[0] = small(i).word;
    at[1] = list.word;
    list = beam::make_list(at);
  }
  return list;
}

Term small(Number number) { return beam::make_small(static_cast<std::int64_t>(number)); }

Result<Unit> Machine::build_tuple(Number to, std::span<const Number> from) {
  const auto room = allocate(1 + from.size());
  if (!room) return room.error();
  beam::Word* const tuple = room.value();
  tuple[0] = beam::make_header(from.size(), beam::Subtag::kTuple);
  for (std::size_t i = 0; i < from.size(); ++i) tuple[1 + i] = slot(from[i]).word;
  slot(to) = beam::make_boxed(tuple);
  return Unit{};
}

Result<Unit> Machine::build_cons(Number to, Number head, Number tail) {
  const auto room = allocate(beam::kConsWords);
  if (!room) return room.error();
  room.value()[0] = slot(head).word;
  room.value()[1] = tail == kNilSlot ? beam::kNil.word : slot(tail).word;
  slot(to) = beam::make_list(room.value());
  return Unit{};
}

Result<Unit> Machine::build_function(Number to, std::span<const Number> environment) {
  const auto room = allocate(beam::kFunWords + environment.size());
  if (!room) return room.error();
  beam::Word* const fun = room.value();
  fun[0] = beam::kFunHeader;
  fun[beam::kFunEntry] = 0;
  fun[beam::kFunArity] = beam::pack_fun_arity(0, environment.size());
  fun[beam::kFunCreator] = beam::make_pid(1).word;
  for (std::size_t i = 0; i < environment.size(); ++i) {
    fun[beam::kFunWords + i] = slot(environment[i]).word;
  }
  process_->own(fun);
  slot(to) = beam::make_boxed(fun);
  return Unit{};
}

Result<Unit> Machine::build_binary(Number to, Number bytes) {
  const std::size_t words = beam::heap_binary_words(bytes);
  // Binary construction requests some words more than it uses.
  const auto room = make_room(words + kSlackWords);
  if (!room || process_->killed) return room;
  beam::Word* const binary = process_->allocate(words);
  std::fill_n(binary, words, 0);
  binary[0] = beam::heap_binary_header(bytes);
  binary[1] = bytes;
  slot(to) = beam::make_boxed(binary);
  return Unit{};
}

// Collects if `words` more words of binaries are too many, before creating one (test_bin_vheap,
// erts/emulator/beam/jit/x86/instr_bs.cpp). No return address is on the stack meanwhile.
Result<Unit> Machine::make_virtual_room(std::size_t words) {
  const beam::VirtualHeap& heap = process_->virtual_heap;
  if (heap.young + words <= heap.young_limit) return Unit{};
  const auto collected = beam::collect(*process_, beam::kProcBinWords);
  return collected ? Done(Unit{}) : Done(collected.error());
}

beam::RefcBinary* Machine::make_payload(std::size_t bytes) {
  if (payloads_ == nullptr) payloads_ = beam::PayloadArena::create(most_payload_bytes_);
  return payloads_ == nullptr ? nullptr : payloads_->make(bytes);
}

Result<Unit> Machine::build_payload(Number to, Number bytes) {
  const auto room = make_room(beam::kProcBinWords + kSlackWords);
  if (!room || process_->killed) return room;
  const auto virtual_room = make_virtual_room(bytes / beam::kWordBytes);
  if (!virtual_room || process_->killed) return virtual_room;
  beam::RefcBinary* const payload = make_payload(bytes);
  if (payload == nullptr) return beam::Error{"no memory for a binary"};
  Term binary;
  {
    beam::Word* top = process_->allocate(beam::kProcBinWords);
    beam::Word* alone = nullptr;  // own() below puts it on the process's list
    binary = beam::TermWriter(top, alone).counted_binary(payload);
  }
  process_->own(binary.pointer());
  slot(to) = binary;
  return Unit{};
}

// maps:from_list/1, called with a literal and with room for the map.
Result<Unit> Machine::build_map(Number to, Number keys) {
  std::vector<Term> pairs;
  for (Number key = 1; key <= keys; ++key) pairs.insert(pairs.end(), {small(key), small(key)});
  auto arena = beam::WordArena::reserve(kMostMapWordsPerKey * keys);
  if (!arena) return arena.error();
  const auto map = beam::build_map(pairs, arena.value(), {}, nullptr);
  if (!map) return map.error();
  const auto room = make_room(arena.value().used() + kSlackWords);
  if (!room || process_->killed) return room;
  beam::Word* top = process_->allocate(arena.value().used());
  beam::Word* none = nullptr;  // nothing in it is off the heap
  return set_returned(to, beam::copy_term(map.value(), {}, nullptr, top, none));
}

// The slot keeps its value until the call has returned.
Result<Unit> Machine::set_returned(Number to, Term result) {
  const auto moved = returned(result);
  if (!moved) return moved.error();
  slot(to) = moved.value();
  return Unit{};
}

// put/2 and erase/1 may collect, so compiled code calls them like Erlang functions, unlike most
// built-in functions (erts/emulator/beam/jit/x86/ops.tab). Both return the previous value.
//
// put(Key, Value) creates a new {Key, Value}; but if the key exists, an immediate value is written
// into its tuple (pd_hash_put, erts/emulator/beam/erl_process_dict.c).
Result<Unit> Machine::put(Number key, Number from) {
  const auto room = make_room(kDictionaryTupleWords);
  if (!room || process_->killed) return room;
  const Term value = slot(from);
  Term* const entry = dictionary_entry(key);
  const Term before = value_of(entry);
  if (entry != nullptr && entry->is_boxed() && value.is_immediate()) {
    entry->pointer()[2] = value.word;
    return without_value(returned(before, Room::kWords));
  }
  beam::Word* const pair = process_->allocate(kDictionaryTupleWords);
  pair[0] = beam::make_header(2, beam::Subtag::kTuple);
  pair[1] = small(key).word;
  pair[2] = value.word;
  if (entry != nullptr) {
    *entry = beam::make_boxed(pair);
    return without_value(returned(before, Room::kWords));
  }
  dictionary_slots_[key] = process_->dictionary_size;
  const auto added = process_->put_dictionary(beam::make_boxed(pair));
  return added ? without_value(returned(before, Room::kWords)) : added;
}

// The dictionary entry of a key, [] if it was erased; null if it never existed.
Term* Machine::dictionary_entry(Number key) {
  if (dictionary_slots_[key] == kNoSlot) return nullptr;
  return reinterpret_cast<Term*>(process_->dictionary.begin + dictionary_slots_[key]);
}

Result<Unit> Machine::erase(Number key) {
  Term* const entry = dictionary_entry(key);
  const Term before = value_of(entry);
  if (entry != nullptr) *entry = beam::kNil;
  return without_value(returned(before, Room::kWords));
}

}  // namespace bench::validate
