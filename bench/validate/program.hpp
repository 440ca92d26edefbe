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

#include "bench/base/outcome.hpp"

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

// What each of them is: steps.cpp.
enum class Op {
  kLiteral,
  kList,
  kTuple,
  kCons,
  kCopy,
  kDrop,
  kPut,
  kErase,
  kMajor,
  kMinor,
  kBinary,
  kFunction,
  kHibernate,
  kKeep,
  kLook,
  kForget,
  kPayload,
  kTell,
  kTellLiteral,
  kCross,
  kPost,
  kReceive,
  kOccupy,
  kSoftPurge,
  kRest,
  kElement,
  kUpdate,
  kMap,
  kMatch,
  kTake,
  kTail,
  kPublish,
  kPurgeAll,
  kStore,
  kFetch,
  kTellLater,
  kReload,
  kPurge,
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
