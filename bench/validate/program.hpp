// A program: what one process does, step by step, in a real BEAM and in the model.
//
// The process has kSlots stack slots, initially [], a dictionary and a message queue; there are
// also a table and persistent terms. These four are initially empty; dictionary, table and
// persistent terms use the same kKeys keys. The modules of literals are loaded before it starts. A
// program that matches binaries has one more slot, for the match state, which no other step reads
// or writes. Its heap is read after every step. As text, a program is a line for each option,
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
// Dictionary keys are small integers that hash to distinct buckets.
inline constexpr Number kKeys = 8;
inline constexpr Number kMaxListLength = 100'000;
inline constexpr Number kMaxBinaryBytes = 64;  // longer ones are off-heap
inline constexpr Number kMaxMapKeys = 1000;
inline constexpr Number kMaxPayloadBytes = 10'000'000;
inline constexpr Number kMaxModuleWords = 2'000'000;
inline constexpr std::size_t kMaxModules = 4;
inline constexpr std::size_t kMaxSteps = 1000;

// Described in steps.cpp.
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

// `count` literals. `size` is the number of elements of a list or tuple, or of keys; for `binaries`
// bytes, for `bits` bits, for `integers` bits besides the first; for `external` the 32-bit numbers
// of the reference.
struct ModuleSpec {
  std::string kind = "records";
  Number count = 1;
  Number size = 1;

  // NOLINTNEXTLINE(modernize-use-nullptr): the comparison with 0 is the compiler's own.
  friend auto operator<=>(const ModuleSpec&, const ModuleSpec&) = default;
};

struct Program {
  std::string name;
  Number min_heap = 233;  // the minimum of the runtime
  Number fullsweep_after = 65535;
  Number max_heap = 0;  // 0: no limit
  bool kill = true;
  bool off_heap = false;  // message_queue_data
  Number arguments = 0;   // length of the list it is spawned with, which is in slot 0
  std::vector<ModuleSpec> modules;
  std::vector<Step> steps;

  friend bool operator==(const Program&, const Program&) = default;
};

// The number of slots of a program's process.
[[nodiscard]] Number frame_slots(const Program& program) noexcept;

// "literal 0 0 3".
[[nodiscard]] std::string step_text(const Step& step);
// The whole program, without its name.
[[nodiscard]] std::string program_text(const Program& program);

// A line without surrounding blanks, and its 1-based number.
struct SourceLine {
  std::size_t number = 0;
  std::string text;
};
// The lines that are not blank; a # begins a comment.
[[nodiscard]] std::vector<SourceLine> source_lines(std::string_view text);

// Parses `lines` of the named file as a program. Failure: a sentence that names file and line.
[[nodiscard]] Outcome<Program> parse_lines(std::span<const SourceLine> lines, std::string name,
                                           std::string_view file);
// Parses a text that is one program, named after its file.
[[nodiscard]] Outcome<Program> parse_program(std::string_view text, const std::string& file);

}  // namespace bench::validate
