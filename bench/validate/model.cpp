#include "bench/validate/model.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "engine/gc/collect.hpp"
#include "engine/gc/hibernate.hpp"
#include "engine/gc/verify.hpp"
#include "engine/heap/malloc_blocks.hpp"
#include "engine/heap/process_info.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/node/node.hpp"
#include "engine/purge/registry.hpp"
#include "engine/term/layout.hpp"

namespace bench::validate {
namespace {

using beam::Result;
using beam::Term;
using beam::Unit;

// Three versions of the largest modules that a program may have.
constexpr std::size_t kLiteralSpaceBytes = std::size_t{1} << 28;
constexpr std::size_t kDictionaryTupleWords = 3;
constexpr std::size_t kBinarySlackWords = 8;  // as in driver.erl

// One program's node. A step that needs room collects first, as compiled code does; a step of a
// dead process does nothing.
class Machine {
 public:
  Machine(beam::Node node, const ModelRules& rules) : rules_(rules), node_(std::move(node)) {
    dictionary_slots_.fill(kNoSlot);
  }

  Result<Unit> start(const Program& program, const Modules& modules) {
    for (const ModuleSpec& spec : program.modules) {
      modules_.push_back(&modules.at(spec)->module);
      const auto loaded = load(modules_.size() - 1);
      if (!loaded) return loaded.error();
    }
    auto spawned = node_.spawn(blocks_, {.min_heap_words = program.min_heap,
                                         .fullsweep_after = program.fullsweep_after,
                                         .max_heap_words = program.max_heap,
                                         .rules = &rules_.blocks,
                                         .kill_above_max = program.kill});
    if (!spawned) return spawned.error();
    process_ = spawned.value();
    for (Number i = 0; i < kSlots; ++i) static_cast<void>(process_->push(beam::kNil));
    return Unit{};
  }

  Result<Unit> run(const Step& step) {
    const auto done = dead_ ? Result<Unit>(Unit{}) : act(step);
    if (!process_->killed) return done;
    if (!std::exchange(dead_, true)) process_->free_heaps();
    return Unit{};
  }

  Result<Unit> verify() {
    return dead_ ? Result<Unit>(Unit{}) : beam::verify_process(*process_, &node_.literals());
  }

  [[nodiscard]] HeapReading read() const {
    if (dead_) return {};
    const beam::GarbageCollectionInfo info = beam::garbage_collection_info(*process_);
    return {{1, beam::total_heap_size(*process_), info.heap_block_size, info.heap_size,
             info.old_heap_block_size, info.old_heap_size, info.recent_size, info.stack_size,
             info.mbuf_size, process_->minor_collections}};
  }

 private:
  static constexpr std::size_t kNoSlot = ~std::size_t{0};
  static constexpr Number kNilSlot = kSlots;  // stands for [] as a tail

  Result<Unit> act(const Step& step) {
    if (is_done_by_others(step.op)) return act_on_process(step);
    const auto awake = wake();
    return awake && !process_->killed ? act_itself(step) : awake;
  }

  static bool is_done_by_others(Op op) noexcept {
    return op == Op::kMinor || op == Op::kMajor || op == Op::kReload || op == Op::kPurge ||
           op == Op::kKeep || op == Op::kForget;
  }

  Result<Unit> act_on_process(const Step& step) {
    switch (step.op) {
      case Op::kMinor:
        return without_value(beam::collect_on_request(*process_, beam::Request::kMinor));
      case Op::kMajor:
        return without_value(beam::collect_on_request(*process_));
      case Op::kReload:
        return reload(step.arguments[0]);
      case Op::kKeep:
        return keep(step.arguments[0], step.arguments[1]);
      case Op::kForget:
        return forget(step.arguments[0]);
      default:  // kPurge
        return purge(step.arguments[0]);
    }
  }

  Result<Unit> act_itself(const Step& step) {
    const std::vector<Number>& a = step.arguments;
    switch (step.op) {
      case Op::kLiteral:
        slot(a[0]) = literal(a[1], a[2]);
        return Unit{};
      case Op::kList:
        return build_list(a[0], a[1]);
      case Op::kTuple:
        return build_tuple(a[0], std::span(a).subspan(1));
      case Op::kCons:
        return build_cons(a[0], a[1], a[2]);
      case Op::kCopy:
        slot(a[0]) = slot(a[1]);
        return Unit{};
      case Op::kDrop:
        slot(a[0]) = beam::kNil;
        return Unit{};
      case Op::kPut:
        return put(a[0], a[1]);
      case Op::kErase:
        erase(a[0]);
        return Unit{};
      case Op::kFunction:
        return build_function(a[0], std::span(a).subspan(1));
      case Op::kBinary:
        return build_binary(a[0], a[1]);
      case Op::kLook:
        return look(a[0], a[1]);
      case Op::kHibernate:
        return hibernate(a[0]);
      default:
        return Unit{};
    }
  }

  template <class T>
  static Result<Unit> without_value(const Result<T>& result) {
    return result ? Result<Unit>(Unit{}) : Result<Unit>(result.error());
  }

  [[nodiscard]] Term& slot(Number index) { return process_->stack_term(index); }

  [[nodiscard]] Term literal(Number module, Number index) {
    const beam::AreaImage& image = modules_[module]->image;
    const beam::LiteralArea& area = node_.code().find(name(module))->current.literals;
    return beam::placed_term(image.literals[index], image, area, node_.literals());
  }

  // Collects unless `words` fit, as compiled code does: by a call, so that one word more, the
  // return address, is on the stack meanwhile (emit_garbage_collect, erts/emulator/beam/jit/x86).
  Result<Unit> make_room(std::size_t words) {
    if (process_->room() >= words) return Unit{};
    *--process_->stop = beam::kNil.word;  // one of the reserved words
    const auto collected = beam::collect(*process_, words);
    process_->pop();
    return without_value(collected);
  }

  Result<beam::Word*> allocate(std::size_t words) {
    const auto room = make_room(words);
    if (!room) return room.error();
    if (process_->killed) return beam::Error{"the process exceeded its heap limit"};
    return process_->allocate(words);
  }

  Result<Unit> build_list(Number to, Number length) {
    const auto room = allocate(beam::kConsWords * length);
    if (!room) return room.error();
    slot(to) = list_at(room.value(), length);
    return Unit{};
  }

  // [1, 2, ... length] in the words from `at`.
  static Term list_at(beam::Word* at, Number length) {
    Term list = beam::kNil;
    for (Number i = length; i != 0; --i, at += beam::kConsWords) {
      at[0] = small(i).word;
      at[1] = list.word;
      list = beam::make_list(at);
    }
    return list;
  }

  [[nodiscard]] static Term small(Number number) {
    return beam::make_small(static_cast<std::int64_t>(number));
  }

  Result<Unit> build_tuple(Number to, std::span<const Number> from) {
    const auto room = allocate(1 + from.size());
    if (!room) return room.error();
    beam::Word* const tuple = room.value();
    tuple[0] = beam::make_header(from.size(), beam::Subtag::kTuple);
    for (std::size_t i = 0; i < from.size(); ++i) tuple[1 + i] = slot(from[i]).word;
    slot(to) = beam::make_boxed(tuple);
    return Unit{};
  }

  Result<Unit> build_cons(Number to, Number head, Number tail) {
    const auto room = allocate(beam::kConsWords);
    if (!room) return room.error();
    room.value()[0] = slot(head).word;
    room.value()[1] = tail == kNilSlot ? beam::kNil.word : slot(tail).word;
    slot(to) = beam::make_list(room.value());
    return Unit{};
  }

  Result<Unit> build_function(Number to, std::span<const Number> environment) {
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

  Result<Unit> build_binary(Number to, Number bytes) {
    const std::size_t words = beam::heap_binary_words(bytes);
    // So that what makes a binary, which asks for some words more than it takes, has room for them.
    const auto room = make_room(words + kBinarySlackWords);
    if (!room || process_->killed) return room;
    beam::Word* const binary = process_->allocate(words);
    std::fill_n(binary, words, 0);
    binary[0] = beam::heap_binary_header(bytes);
    binary[1] = bytes;
    slot(to) = beam::make_boxed(binary);
    return Unit{};
  }

  // The function to wake up in gets the slot's value as its only argument.
  Result<Unit> hibernate(Number from) {
    const auto listed = build_cons(from, from, kNilSlot);
    if (!listed || process_->killed) return listed;
    woken_slot_ = from;
    return without_value(beam::hibernate(*process_, slot(from)));
  }

  // The function is called with its argument in a register and makes a stack frame, for which a
  // hibernated heap has no room. In the model the one word of stack stands for the register.
  Result<Unit> wake() {
    if (!process_->hibernated) return Unit{};
    process_->stack_term(0) = beam::head_of(process_->stack_term(0));
    const auto collected = make_room(kSlots);
    if (!collected || process_->killed) return collected;
    const Term argument = std::exchange(process_->stack_term(0), beam::kNil);
    for (Number i = 0; i < kSlots; ++i) static_cast<void>(process_->push(beam::kNil));
    slot(woken_slot_) = argument;
    return Unit{};
  }

  // put(Key, Value) makes a fresh {Key, Value}; but where there is one already, an immediate value
  // is written into it (pd_hash_put, erts/emulator/beam/erl_process_dict.c).
  Result<Unit> put(Number key, Number from) {
    const auto room = make_room(kDictionaryTupleWords);
    if (!room || process_->killed) return room;
    const Term value = slot(from);
    Term* const entry = dictionary_entry(key);
    if (entry != nullptr && entry->is_boxed() && value.is_immediate()) {
      entry->pointer()[2] = value.word;
      return Unit{};
    }
    beam::Word* const pair = process_->allocate(kDictionaryTupleWords);
    pair[0] = beam::make_header(2, beam::Subtag::kTuple);
    pair[1] = small(key).word;
    pair[2] = value.word;
    if (entry != nullptr) {
      *entry = beam::make_boxed(pair);
      return Unit{};
    }
    dictionary_slots_[key] = process_->dictionary_size;
    return process_->put_dictionary(beam::make_boxed(pair));
  }

  // What a key was put to, [] where it was erased; null where it never was.
  [[nodiscard]] Term* dictionary_entry(Number key) {
    if (dictionary_slots_[key] == kNoSlot) return nullptr;
    return reinterpret_cast<Term*>(process_->dictionary.begin + dictionary_slots_[key]);
  }

  void erase(Number key) {
    if (Term* const entry = dictionary_entry(key)) *entry = beam::kNil;
  }

  [[nodiscard]] static Term name(Number module) { return beam::make_atom(module); }

  Result<Unit> load(Number module) {
    return without_value(node_.load(name(module), modules_[module]->image));
  }

  Result<Unit> reload(Number module) {
    return node_.code().find(name(module))->old.loaded ? Result<Unit>(Unit{}) : load(module);
  }

  Result<Unit> purge(Number module) {
    const auto purged = node_.purge_code(name(module));
    return purged ? collect_literals() : Result<Unit>(purged.error());
  }

  Result<Unit> collect_literals() {
    beam::PurgeObserver observer;
    return without_value(node_.collect_literals(*beam::find_strategy("otp"), blocks_, observer));
  }

  Result<Unit> keep(Number key, Number length) {
    std::vector<beam::Word> words(beam::kConsWords * length);
    const auto kept = node_.put_persistent(small(key), list_at(words.data(), length));
    return kept ? collect_literals() : kept;
  }

  Result<Unit> look(Number to, Number key) {
    const auto value = node_.get_persistent(small(key));
    if (!value) return value.error();
    slot(to) = value.value().is_value() ? value.value() : beam::kNil;
    return Unit{};
  }

  Result<Unit> forget(Number key) {
    const auto erased = node_.erase_persistent(small(key));
    return erased ? collect_literals() : Result<Unit>(erased.error());
  }

  ModelRules rules_;
  beam::MallocBlocks blocks_;
  beam::Node node_;
  std::vector<const beam::BeamModule*> modules_;
  beam::Process* process_ = nullptr;
  std::array<std::size_t, kKeys> dictionary_slots_{};
  Number woken_slot_ = 0;
  bool dead_ = false;
};

Failure failure(const Program& program, std::string_view where, const beam::Error& error) {
  return Failure{fmt::format("the model of {} failed {}: {}", program.name, where, error.what)};
}

}  // namespace

Outcome<std::vector<HeapReading>> run_in_model(const Program& program, const Modules& modules,
                                               const ModelRules& rules) {
  auto node = beam::Node::create({.literal_space_bytes = kLiteralSpaceBytes, .max_processes = 1});
  if (!node) return failure(program, "at its start", node.error());
  Machine machine(std::move(node).value(), rules);
  const auto started = machine.start(program, modules);
  if (!started) return failure(program, "at its start", started.error());
  std::vector<HeapReading> readings;
  for (const Step& step : program.steps) {
    const auto done = machine.run(step);
    if (!done) return failure(program, "at " + step_text(step), done.error());
    const auto whole = machine.verify();
    if (!whole) return failure(program, "after " + step_text(step), whole.error());
    readings.push_back(machine.read());
  }
  return readings;
}

}  // namespace bench::validate
