// The purge of a module's old code, step by step, as the runtime's code purger does it
// (erts/preloaded/src/erts_code_purger.erl, erts/emulator/beam/beam_bif_load.c):
//
//   begin      funs of the old code are pending: who calls one waits
//   runs_code  of every process: does it run the old code, that is, has it a return address there?
//   give_up    a soft purge gives up at the first that does: the funs are as before
//   complete   a hard purge kills those; the code is gone, its funs are bad, and its literals are
//              for the literal collector
//
// Literals and funs in heaps are not looked at: whoever holds them survives.
#pragma once

#include "engine/heap/process.hpp"
#include "engine/node/code_table.hpp"

namespace beam {

// Whether a return address on the stack of `process` is inside of `code`. The topmost one stands
// for where the process runs now.
[[nodiscard]] bool runs_code(const Process& process, AddressRange code) noexcept;

// What becomes of a purge, or of a process, when the process runs the old code.
enum class PurgeKind {
  kSoft,  // the purge is given up
  kHard,  // the process is killed
};

class CodePurge {
 public:
  // Begins; `module` has old code, and outlives this. Not over yet when destroyed: given up.
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
  // The old version is no more; its literals belong to the caller.
  [[nodiscard]] LiteralArea complete() noexcept;

 private:
  Module* module_;  // null: over
};

}  // namespace beam
