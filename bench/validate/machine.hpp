// Runs one program in the model: a node of the engine with one process.
//
// A step that needs room collects first, as compiled code does; a step of a dead process does
// nothing. Steps end by sending an answer, and a called built-in function collects when a
// collection is due. OTP 25 takes bytes between heap and stack for words there, so that fragments
// trigger a collection later than when a process is scheduled (emit_call_light_bif_shared,
// erts/emulator/beam/jit/x86/instr_bif.cpp).
//
// Its process is not a holder of bench/holders: a program builds it step by step, and after each
// step it must match a real process that runs the same code, with its frame, yields and answers.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "bench/validate/heap_reading.hpp"
#include "bench/validate/model.hpp"
#include "engine/base/result.hpp"
#include "engine/heap/heap_fragment.hpp"
#include "engine/heap/malloc_blocks.hpp"
#include "engine/heap/message_queue.hpp"
#include "engine/node/node.hpp"
#include "engine/term/refc_binary.hpp"

namespace bench::validate {

class Machine {
 public:
  // Not moved once started: the process refers to it.
  Machine(beam::Node node, const ModelRules& rules);
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine();

  // Errors: no memory.
  [[nodiscard]] beam::Result<beam::Unit> start(const Program& program, const Modules& modules);
  [[nodiscard]] beam::Result<beam::Unit> run(const Step& step);
  // Error: the heap is broken.
  [[nodiscard]] beam::Result<beam::Unit> verify();
  [[nodiscard]] HeapReading read() const;

  // What steps do, one function for each kind: see steps.cpp. Errors: no memory.
  using Done = beam::Result<beam::Unit>;

  // machine.cpp
  Done collect_major();
  Done collect_minor();
  Done take_literal(Number to, Number module, Number index);
  Done copy_slot(Number to, Number from);
  Done drop(Number at);
  Done hibernate(Number from);
  Done reload(Number module);
  Done purge(Number module);
  Done purge_all(std::span<const Number> modules);
  Done soft_purge(Number module);
  Done occupy(Number module);

  // machine_persistent.cpp
  Done keep(Number key, Number length);
  Done publish(Number key, Number from);
  Done forget(Number key);
  Done look(Number to, Number key);

  // machine_table.cpp
  Done store(Number key, Number from);
  Done fetch(Number to, Number key);

  // machine_messages.cpp
  Done tell(Number length);
  Done tell_literal(Number module, Number index, Number references);
  Done tell_later(Number module, Number index, Number references);
  Done cross(Number module, Number index, Number references);
  Done post(Number from);
  Done receive(Number to);

  // machine_build.cpp
  Done build_list(Number to, Number length);
  Done build_tuple(Number to, std::span<const Number> from);
  Done build_cons(Number to, Number head, Number tail);
  Done build_function(Number to, std::span<const Number> environment);
  Done build_binary(Number to, Number bytes);
  Done build_payload(Number to, Number bytes);
  Done build_map(Number to, Number keys);
  Done put(Number key, Number from);
  Done erase(Number key);

  // machine_parts.cpp
  Done take_rest(Number to, Number from);
  Done take_element(Number to, Number from, Number position);
  Done update(Number to, Number from, Number value);

  // machine_matching.cpp
  Done match(Number from);
  Done take(Number to, Number bits);
  Done take_tail(Number to);

 private:
  // The unit in which a returning built-in function counts the room that fragments are compared
  // with.
  enum class Room { kBytes, kWords };
  // A copy in a table; kNonValue: none.
  struct Stored {
    beam::HeapFragment* fragment = nullptr;
    beam::Term term = beam::kNonValue;
  };
  static constexpr std::size_t kNoSlot = ~std::size_t{0};
  static constexpr std::size_t kReturnAddressWords = 1;
  static constexpr std::size_t kSlackWords = 8;       // as in driver.erl
  static constexpr Number kNilSlot = kMatchSlot + 1;  // stands for [] as a tail

  // machine.cpp
  Done act_scheduled(const Step& step);
  Done act(const Step& step);
  Done load(Number module);
  // Spawned with [[1, 2, ... length]], as the arguments of its first function.
  Done spawn(const Program& program);
  Done collect_literals();
  Done schedule();
  Done wake();
  Done call_woken();
  Done yield();
  Done answer();
  // The return of a built-in function; a collection may move its result, which is in a register.
  beam::Result<beam::Term> returned(beam::Term result, Room counted = Room::kBytes);

  // machine_messages.cpp
  Done deliver(beam::Term message, beam::Delivery how = {});

  // machine_build.cpp
  Done make_room(std::size_t words);
  // `live` is in a register; returns its value after the collection.
  beam::Result<beam::Term> collect_in_call(std::size_t need, beam::Term live = beam::kNil);
  Done make_virtual_room(std::size_t words);
  beam::Result<beam::Word*> allocate(std::size_t words);
  // Null: no memory.
  [[nodiscard]] beam::RefcBinary* make_payload(std::size_t bytes);
  // Sets the slot to the result of a built-in function.
  Done set_returned(Number to, beam::Term result);
  [[nodiscard]] beam::Term* dictionary_entry(Number key);

  // machine_parts.cpp
  beam::Result<beam::Term> updated_hash_map(beam::Term map, beam::Term value);

  // machine_matching.cpp
  [[nodiscard]] beam::Term taken(std::size_t bits);

  [[nodiscard]] beam::Term& slot(Number index) { return process_->stack_term(index); }
  // Of the current version.
  [[nodiscard]] beam::Term literal(Number module, Number index);

  ModelRules rules_;
  beam::MallocBlocks blocks_;
  std::size_t most_payload_bytes_ = 0;
  beam::PayloadArena* payloads_ = nullptr;  // created with the first payload
  beam::Node node_;
  std::vector<const beam::BeamModule*> modules_;
  beam::Process* process_ = nullptr;
  std::array<std::size_t, kKeys> dictionary_slots_{};
  std::array<Stored, kKeys> table_{};
  Number frame_slots_ = kSlots;
  Number woken_slot_ = 0;
  bool dead_ = false;
  bool result_ = false;  // of the last step
};

template <class T>
[[nodiscard]] beam::Result<beam::Unit> without_value(const beam::Result<T>& result) {
  return result ? beam::Result<beam::Unit>(beam::Unit{}) : beam::Result<beam::Unit>(result.error());
}

// [1, 2, ... length] in the words from `at`.
[[nodiscard]] beam::Term list_at(beam::Word* at, Number length);
[[nodiscard]] beam::Term small(Number number);

}  // namespace bench::validate
