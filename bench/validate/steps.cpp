#include "bench/validate/steps.hpp"

#include <algorithm>
#include <array>

#include "bench/validate/machine.hpp"
#include "bench/validate/random_programs.hpp"

namespace bench::validate {
namespace {

using Generator = ProgramGenerator;
using Arguments = std::span<const Number>;

constexpr Number kOfProgram = ~Number{0};

// s a slot, k a key, m a module and l one of its literals, n a length, a a number of keys, i of
// bits, e a position from 1 on, c a count of references, b bytes on the heap and p bytes off it.
constexpr std::array kArguments = {
    ArgumentKind{'s', 0, kSlots - 1, false},
    ArgumentKind{'k', 0, kKeys - 1, false},
    ArgumentKind{'m', 0, kOfProgram, false},
    ArgumentKind{'l', 0, kOfProgram, false},
    ArgumentKind{'n', 1, kMaxListLength, true},
    ArgumentKind{'a', 1, kMaxMapKeys, true},
    ArgumentKind{'i', 1, 8 * kMaxPayloadBytes, true},
    ArgumentKind{'e', 1, kMaxListLength, false},
    ArgumentKind{'c', 0, kSlots, false},
    ArgumentKind{'b', 1, kMaxBinaryBytes, true},
    ArgumentKind{'p', kMaxBinaryBytes + 1, kMaxPayloadBytes, true},
};

// Draws each argument by its letter.
void draw_plain(Generator& generator, Op op) { generator.add_plain(op); }
void draw_message(Generator& generator, Op op) { generator.add_message(op); }
void draw_with_key(Generator& generator, Op op) { generator.add_with_key(op, kKeys); }
// Few keys, so that keys are reused.
void draw_with_few_keys(Generator& generator, Op op) { generator.add_with_key(op, 2); }

constexpr Actor kProcess = Actor::kProcess;
constexpr Actor kOutside = Actor::kOutside;

constexpr auto kSteps = std::to_array<StepKind>({
    // slot := literal of the current version of a module
    {Op::kLiteral, "literal", "sml", kProcess, 3, [](Generator& g, Op) { g.add_literal(); },
     [](Machine& m, Arguments a) { return m.take_literal(a[0], a[1], a[2]); }},
    // slot := a fresh list [1, 2, ... N]
    {Op::kList, "list", "sn", kProcess, 3, draw_plain,
     [](Machine& m, Arguments a) { return m.build_list(a[0], a[1]); }},
    // slot := {slots...}
    {Op::kTuple, "tuple", "s+", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.build_tuple(a[0], a.subspan(1)); }},
    // slot := [slot | slot]
    {Op::kCons, "cons", "sss", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.build_cons(a[0], a[1], a[2]); }},
    // slot := slot
    {Op::kCopy, "copy", "ss", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.copy_slot(a[0], a[1]); }},
    // slot := []
    {Op::kDrop, "drop", "s", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.drop(a[0]); }},
    // put(Key, slot)
    {Op::kPut, "put", "ks", kProcess, 1, draw_with_key,
     [](Machine& m, Arguments a) { return m.put(a[0], a[1]); }},
    // erase(Key)
    {Op::kErase, "erase", "k", kProcess, 1, draw_with_key,
     [](Machine& m, Arguments a) { return m.erase(a[0]); }},
    {Op::kMajor, "major", "", kOutside, 1, draw_plain,
     [](Machine& m, Arguments) { return m.collect_major(); }},
    // garbage_collect(Pid, [{type, minor}])
    {Op::kMinor, "minor", "", kOutside, 1, draw_plain,
     [](Machine& m, Arguments) { return m.collect_minor(); }},
    // slot := a binary of that many bytes on the heap
    {Op::kBinary, "binary", "sb", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.build_binary(a[0], a[1]); }},
    // slot := a fun with the environment slots...
    {Op::kFunction, "function", "s+", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.build_function(a[0], a.subspan(1)); }},
    // erlang:hibernate(..., [slot]): all other slots become []; the next step wakes it
    {Op::kHibernate, "hibernate", "s", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.hibernate(a[0]); }},
    // persistent_term:put(Key, [1, 2, ... N])
    {Op::kKeep, "keep", "kn", kOutside, 1, draw_with_few_keys,
     [](Machine& m, Arguments a) { return m.keep(a[0], a[1]); }},
    // slot := persistent_term:get(Key, [])
    {Op::kLook, "look", "sk", kProcess, 1, draw_with_few_keys,
     [](Machine& m, Arguments a) { return m.look(a[0], a[1]); }},
    // persistent_term:erase(Key)
    {Op::kForget, "forget", "k", kOutside, 1, draw_with_few_keys,
     [](Machine& m, Arguments a) { return m.forget(a[0]); }},
    // slot := a binary of that many bytes off the heap
    {Op::kPayload, "payload", "sp", kProcess, 2, [](Generator& g, Op) { g.add_payload(); },
     [](Machine& m, Arguments a) { return m.build_payload(a[0], a[1]); }},
    // a message [1, 2, ... N]
    {Op::kTell, "tell", "n", kOutside, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.tell(a[0]); }},
    // a message: a literal of a module, or a tuple of references to it
    {Op::kTellLiteral, "tell_literal", "mlc", kOutside, 2, draw_message,
     [](Machine& m, Arguments a) { return m.tell_literal(a[0], a[1], a[2]); }},
    // reloads a module and purges it, and sends such a message with a literal of the old version
    // while its area is being released; nothing if it has old code
    {Op::kCross, "cross", "mlc", kOutside, 1, draw_message,
     [](Machine& m, Arguments a) { return m.cross(a[0], a[1], a[2]); }},
    // self() ! slot
    {Op::kPost, "post", "s", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.post(a[0]); }},
    // slot := the oldest message in the queue, [] if there is none
    {Op::kReceive, "receive", "s", kProcess, 2, draw_plain,
     [](Machine& m, Arguments a) { return m.receive(a[0]); }},
    // another process runs the current version of a module, and keeps running it
    {Op::kOccupy, "occupy", "m", kOutside, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.occupy(a[0]); }},
    // purges a module if no process runs its old code
    {Op::kSoftPurge, "soft_purge", "m", kOutside, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.soft_purge(a[0]); }},
    // slot := the tail of the list in a slot; here and below [] if there is no such part
    {Op::kRest, "rest", "ss", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.take_rest(a[0], a[1]); }},
    // slot := the element at a position of the tuple in a slot
    {Op::kElement, "element", "sse", kProcess, 1, [](Generator& g, Op) { g.add_element(); },
     [](Machine& m, Arguments a) { return m.take_element(a[0], a[1], a[2]); }},
    // slot := the map in a slot, with its key 1 set to a slot's value
    {Op::kUpdate, "update", "sss", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.update(a[0], a[1], a[2]); }},
    // slot := #{1 => 1, 2 => 2, ... N => N}, the keys on the heap
    {Op::kMap, "map", "sa", kProcess, 1, [](Generator& g, Op) { g.add_map(); },
     [](Machine& m, Arguments a) { return m.build_map(a[0], a[1]); }},
    // the match state := one of the binary in a slot, else []
    {Op::kMatch, "match", "s", kProcess, 1, [](Generator& g, Op) { g.add_match(); },
     [](Machine& m, Arguments a) { return m.match(a[0]); }},
    // slot := that many of the next bits, [] if there are too few
    {Op::kTake, "take", "si", kProcess, 1, [](Generator& g, Op) { g.add_take(); },
     [](Machine& m, Arguments a) { return m.take(a[0], a[1]); }},
    // slot := all remaining bits, without consuming them
    {Op::kTail, "tail", "s", kProcess, 1, draw_plain,
     [](Machine& m, Arguments a) { return m.take_tail(a[0]); }},
    // persistent_term:put(Key, slot), by the process itself
    {Op::kPublish, "publish", "ks", kProcess, 1, draw_with_few_keys,
     [](Machine& m, Arguments a) { return m.publish(a[0], a[1]); }},
    // purges modules before the collector begins with the first of their areas
    {Op::kPurgeAll, "purge_all", "m+", kOutside, 1, [](Generator& g, Op) { g.add_reloads(); },
     [](Machine& m, Arguments a) { return m.purge_all(a); }},
    // ets:insert(Table, {Key, slot})
    {Op::kStore, "store", "ks", kProcess, 1, draw_with_few_keys,
     [](Machine& m, Arguments a) { return m.store(a[0], a[1]); }},
    // slot := a copy of the value stored for the key, [] if none
    {Op::kFetch, "fetch", "sk", kProcess, 1, draw_with_few_keys,
     [](Machine& m, Arguments a) { return m.fetch(a[0], a[1]); }},
    // a message as in tell_literal, sent by a timer
    {Op::kTellLater, "tell_later", "mlc", kOutside, 1, draw_message,
     [](Machine& m, Arguments a) { return m.tell_later(a[0], a[1], a[2]); }},
    // loads a module again; nothing if it has old code
    {Op::kReload, "reload", "m", kOutside, 4, [](Generator& g, Op) { g.add_reload(); },
     [](Machine& m, Arguments a) { return m.reload(a[0]); }},
    // purges it, and waits until its area is freed; nothing if it has no old code. Random programs
    // have it behind a reload.
    {Op::kPurge, "purge", "m", kOutside, 0, draw_plain,
     [](Machine& m, Arguments a) { return m.purge(a[0]); }},
});

constexpr bool in_order() {
  for (std::size_t i = 0; i < kSteps.size(); ++i) {
    if (kSteps[i].op != static_cast<Op>(i)) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

const ArgumentKind& argument_kind(char letter) noexcept {
  return *std::ranges::find(kArguments, letter, &ArgumentKind::letter);
}

std::span<const StepKind> step_kinds() noexcept { return kSteps; }

const StepKind& kind_of(Op op) noexcept { return kSteps[static_cast<std::size_t>(op)]; }

}  // namespace bench::validate
