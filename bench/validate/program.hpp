// A program: what one process does, step by step, in a real BEAM and in the model.
//
// The process has kSlots stack slots, which are [] at first, a dictionary and a message queue;
// beside it are a table and persistent terms. These four are empty at first, and dictionary, table
// and persistent terms have the same kKeys keys. Before it starts, the modules of literals are
// loaded. Where it matches binaries it has one slot more, for the match state, which no other step
// reads or writes. Its heap is read after every step. As text, a program is a line for each option,
// module and step, the steps last:
//
//   max_heap 46654               # words; `kill 0`: exceeding it does not kill
//   module records 200 100       # 200 literals {lit, I, [1, 2, ... 100]}
//   literal 0 0 3                # slot 0 := literal 3 of module 0
//   reload 0
//   purge 0
//
// Everything in a program is a small number, so that a driver can do a step without allocating.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/report/outcome.hpp"

namespace bench::validate {

using Number = std::uint64_t;

inline constexpr Number kSlots = 6;
inline constexpr Number kMatchSlot = kSlots;
// Dictionary keys are small integers that hash to buckets of their own.
inline constexpr Number kKeys = 8;
inline constexpr Number kMaxListLength = 100'000;
inline constexpr Number kMaxBinaryBytes = 64;  // what is longer is not on the heap
inline constexpr Number kMaxMapKeys = 1000;
inline constexpr Number kMaxPayloadBytes = 10'000'000;
inline constexpr Number kMaxModuleWords = 2'000'000;
inline constexpr std::size_t kMaxModules = 4;
inline constexpr std::size_t kMaxSteps = 1000;

enum class Op {
  kLiteral,   // slot := literal of the current version of a module
  kList,      // slot := a fresh list [1, 2, ... N]
  kTuple,     // slot := {slots...}
  kFunction,  // slot := a fun with the environment slots...
  kBinary,    // slot := a binary of so many bytes on the heap
  kPayload,   // slot := a binary of so many bytes off the heap
  kCons,      // slot := [slot | slot]
  kMap,       // slot := #{1 => 1, 2 => 2, ... N => N}, the keys on the heap
  kRest,      // slot := the tail of the list in a slot; this and the next two: else []
  kElement,   // slot := the element at a position of the tuple in a slot
  kUpdate,    // slot := the map in a slot with a slot's value for its key 1
  kMatch,     // the match state := one of the binary in a slot, else []
  kTake,      // slot := so many next bits that are matched; this and the next: [] if there are none
  kTail,      // slot := all bits that are left, which are still to be matched
  kCopy,      // slot := slot
  kDrop,      // slot := []
  kPut,       // put(Key, slot)
  kErase,     // erase(Key)
  kStore,     // ets:insert(Table, {Key, slot})
  kFetch,     // slot := a copy of what the key was stored with, [] if it was not
  kKeep,      // persistent_term:put(Key, [1, 2, ... N]), from outside of the process
  kPublish,   // persistent_term:put(Key, slot), by the process itself
  kLook,      // slot := persistent_term:get(Key, [])
  kForget,    // persistent_term:erase(Key), from outside
  kTell,      // a message [1, 2, ... N] from outside
  kTellLiteral,  // a message from outside: a literal of a module, or a tuple of so many references
  kTellLater,    // the same by a timer
  kCross,  // reloads a module and purges it, and sends such a message of its old version while the
           // area is being released; nothing if it has old code
  kPost,   // self() ! slot
  kReceive,    // slot := the oldest message in the queue, [] if there is none
  kHibernate,  // erlang:hibernate(..., [slot]): all other slots become []; the next step wakes it
  kMinor,      // garbage_collect(Pid, [{type, minor}])
  kMajor,
  kOccupy,     // another process runs the current version of a module, and goes on to
  kSoftPurge,  // purges a module if nobody runs its old code
  kReload,     // loads the module once more; nothing if it has old code
  kPurgeAll,   // purges modules before the collector begins with the first of their areas
  kPurge,      // purges it, and waits until its area is freed; nothing if it has no old code
};

struct Step {
  Op op = Op::kDrop;
  std::vector<Number> arguments;  // as the step's line has them

  friend bool operator==(const Step&, const Step&) = default;
};

// `count` literals. `size` is how many elements a list or tuple of each has, or keys; of `binaries`
// the bytes, of `bits` the bits, of `integers` the bits beside the first; of `external` the 32-bit
// numbers of the reference.
struct ModuleSpec {
  std::string kind = "records";
  Number count = 1;
  Number size = 1;

  // NOLINTNEXTLINE(modernize-use-nullptr): the comparison with 0 is the compiler's own.
  friend auto operator<=>(const ModuleSpec&, const ModuleSpec&) = default;
};

struct Program {
  std::string name;
  Number min_heap = 233;  // the least that a process can ask for
  Number fullsweep_after = 65535;
  Number max_heap = 0;  // 0: no limit
  bool kill = true;
  bool off_heap = false;  // message_queue_data
  Number arguments = 0;   // it is spawned with a list of so many elements, then in slot 0
  std::vector<ModuleSpec> modules;
  std::vector<Step> steps;

  friend bool operator==(const Program&, const Program&) = default;
};

// How a step's line begins, and what follows: s a slot, k a key, m a module and l one of its
// literals, n a length, a a number of keys, i of bits, e a position from 1 on, c a count of
// references, b bytes on the heap and p bytes off it; a final + stands for one or more, up to
// kSlots, of what is before it, beside that one.
struct OpForm {
  Op op;
  std::string_view name;
  std::string_view arguments;
};
[[nodiscard]] std::span<const OpForm> op_forms() noexcept;
[[nodiscard]] const OpForm& form_of(Op op) noexcept;

// How many slots the process of a program has.
[[nodiscard]] Number frame_slots(const Program& program) noexcept;

// "literal 0 0 3".
[[nodiscard]] std::string step_text(const Step& step);
// The whole program, without its name.
[[nodiscard]] std::string program_text(const Program& program);

// A line of a text, without blanks around it, and its number from 1 on.
struct SourceLine {
  std::size_t number = 0;
  std::string text;
};
// Those that are neither blank nor a comment: what follows a # is no part of a line.
[[nodiscard]] std::vector<SourceLine> source_lines(std::string_view text);

// The program that `lines` of the file of that name are. Failure: a sentence that names file and
// line.
[[nodiscard]] Outcome<Program> parse_lines(std::span<const SourceLine> lines, std::string name,
                                           std::string_view file);
// A text that is one program, which is named after its file.
[[nodiscard]] Outcome<Program> parse_program(std::string_view text, const std::string& file);

}  // namespace bench::validate
