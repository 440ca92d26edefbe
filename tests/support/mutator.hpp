// Programs that work on a process as compiled code does: they build terms out of what the process
// holds already, keep them on the stack or in the dictionary, drop them, and collect.
//
// A step is atomic: it makes room first, and if that fails nothing has changed but what a
// collection may change. Two processes that run the same program hold equal graphs.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include <rapidcheck.h>

#include "engine/gc/collect.hpp"
#include "tests/support/term_room.hpp"

namespace beam_test {

enum class StepKind {
  kList,   // of roots, `size` long
  kTuple,  // of roots
  kHeapBinary,
  kCountedBinary,
  kSubBinary,  // of some binary that is held
  kFun,        // over roots
  kBig,
  kExternalPid,
  kExternalPort,
  kExternalReference,
  kReference,
  kMagicReference,
  kMatchState,  // of some binary that is held
  kLiteral,     // one more reference to a literal
  kReturnAddress,
  kForget,    // overwrites a root
  kDrop,      // pops a root
  kRemember,  // puts a root into the dictionary
  kMinor,     // collects as the rules choose
  kMajor,
};

struct Step {
  StepKind kind = StepKind::kTuple;
  std::size_t size = 0;
  std::size_t pick = 0;  // which roots are used
};
std::ostream& operator<<(std::ostream& out, const Step& step);
using Program = std::vector<Step>;

// Programs of all kinds of steps, or of some.
[[nodiscard]] rc::Gen<Program> programs();
[[nodiscard]] rc::Gen<Program> programs_of(std::vector<StepKind> kinds);

class Mutator {
 public:
  // What a program draws on besides the process.
  struct Supplies {
    Payloads* payloads = nullptr;  // null: no counted binaries
    std::span<const beam::Term> literals = {};
  };
  using Collect =
      std::function<beam::Result<beam::Collection>(beam::Process&, std::size_t need, bool major)>;

  Mutator(beam::Process& process, Supplies supplies) : process_(process), supplies_(supplies) {}

  // All collections go through `collect`, which by default does just that.
  void collect_by(Collect collect) { collect_ = std::move(collect); }
  // Collects before every allocation, whether there is room or not.
  void collect_at_every_allocation() noexcept { always_ = true; }

  [[nodiscard]] beam::Result<beam::Unit> run(const Step& step);
  // Runs all steps; throws where one fails.
  void run_all(std::span<const Step> program);

 private:
  [[nodiscard]] beam::Result<beam::Unit> make_room(std::size_t words);
  [[nodiscard]] std::size_t words_of(const Step& step) const noexcept;
  [[nodiscard]] beam::Term build(const Step& step);
  [[nodiscard]] beam::Term build_sub_binary(const Step& step);
  [[nodiscard]] beam::Term build_match_state(const Step& step);
  void change_roots(const Step& step);
  [[nodiscard]] std::size_t roots() const noexcept { return process_.stack_words() - 1; }
  [[nodiscard]] beam::Term root(std::size_t pick) const;
  [[nodiscard]] std::vector<beam::Term> operands(const Step& step, std::size_t count) const;

  beam::Process& process_;
  Supplies supplies_;
  Collect collect_ = [](beam::Process& process, std::size_t need, bool major) {
    return major ? beam::collect_major(process, need) : beam::collect(process, need);
  };
  bool always_ = false;
};

}  // namespace beam_test
