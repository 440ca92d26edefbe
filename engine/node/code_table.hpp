// Loaded code: every module has at most one current version and at most one old one.
//
// A version is its literal area and a range of code addresses. There are no instructions behind
// those addresses: they are what return addresses on stacks and the entries of funs are made of,
// and no two versions ever have one in common. Threads: one at a time.
#pragma once

#include <cstddef>

#include "engine/base/address_range.hpp"
#include "engine/base/mapped_array.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/literal_space.hpp"
#include "engine/term/area_image.hpp"

namespace beam {

// A version of a module, if it is loaded.
struct ModuleVersion {
  LiteralArea literals;
  AddressRange code;
  bool loaded = false;
  // A purge is under way: its funs are unloaded unless the purge is given up.
  bool purge_pending = false;

  // The code address `offset` words into the version. On a stack it looks like a header, as return
  // addresses do, and collections leave it alone.
  [[nodiscard]] Word code_address(std::size_t offset = 0) const noexcept {
    return code.base + offset * kWordBytes;
  }
};

struct Module {
  Term name;  // an atom
  ModuleVersion current;
  ModuleVersion old;
};

// What happens to a process that calls a local fun.
enum class FunCall {
  kRuns,
  kSuspends,  // until the purge in progress has completed or given up
  kBadFun,    // its code is gone
};

class CodeTable {
 public:
  // Code addresses of one version: more than any stack has frames for.
  static constexpr std::size_t kCodeBytes = std::size_t{1} << 20;

  // The module of this name; null if it was never loaded. Good until the next load().
  [[nodiscard]] Module* find(Term name) noexcept;

  // Loads a version; the current one becomes old. Error: the module has both a current and an old
  // version (not_purged), or there is no room for the area; nothing changed.
  [[nodiscard]] Result<Module*> load(Term name, LiteralSpace& space,
                                     const AreaImage& image) noexcept;

  // The current version becomes old, with no new one. False: the module is not loaded, or has
  // old code already; nothing changed.
  [[nodiscard]] bool remove(Term name) noexcept;

  // A call of the local fun with this entry (the second word of the fun).
  [[nodiscard]] FunCall call_fun(Word entry) const noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return modules_.size(); }

 private:
  MappedArray<Module> modules_;
  Word next_code_ = kCodeBytes;
};

// Whether a return address on the stack of `process` is inside `code`. The topmost one stands
// for the place where the process is running.
[[nodiscard]] bool runs_code(const Process& process, AddressRange code) noexcept;

// What becomes of a purge, or of a process, when the process runs the old code.
enum class PurgeKind {
  kSoft,  // the purge is given up
  kHard,  // the process is killed
};

// The purge of a module's old code, step by step, as the runtime's code purger does it
// (erts/preloaded/src/erts_code_purger.erl, erts/emulator/beam/beam_bif_load.c):
//
//   begin      funs of the old code are pending: a process that calls one waits
//   runs_code  of every process: does it run the old code, that is, has it a return address there?
//   give_up    a soft purge gives up at the first that does: the funs are as before
//   complete   a hard purge kills those; the code is gone, its funs are bad, and its literals are
//              for the literal collector
//
// Literals and funs in heaps are not looked at: a process that holds only those survives.
class CodePurge {
 public:
  // Begins the purge; `module` has old code and outlives this. Destroyed early, it gives up.
  explicit CodePurge(Module& module) noexcept : module_(&module) {
    module.old.purge_pending = true;
  }
  CodePurge(const CodePurge&) = delete;
  CodePurge& operator=(const CodePurge&) = delete;
  ~CodePurge() { give_up(); }

  [[nodiscard]] bool stopped_by(const Process& process) const noexcept {
    return runs_code(process, module_->old.code);
  }
  void give_up() noexcept;
  // Removes the old version; its literals belong to the caller.
  [[nodiscard]] LiteralArea complete() noexcept;

 private:
  Module* module_;  // null: finished
};

}  // namespace beam
