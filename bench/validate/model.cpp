#include "bench/validate/model.hpp"

#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "engine/gc/collect.hpp"
#include "engine/gc/verify.hpp"
#include "engine/heap/malloc_blocks.hpp"
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

// One program's node. A step that needs room collects first, as compiled code does; a step of a
// dead process does nothing.
class Machine {
 public:
  explicit Machine(beam::Node node) : node_(std::move(node)) { dictionary_slots_.fill(kNoSlot); }

  Result<Unit> start(const Program& program, const Modules& modules) {
    for (const ModuleSpec& spec : program.modules) {
      modules_.push_back(&modules.at(spec)->module);
      const auto loaded = load(modules_.size() - 1);
      if (!loaded) return loaded.error();
    }
    auto spawned = node_.spawn(blocks_, {.min_heap_words = program.min_heap,
                                         .fullsweep_after = program.fullsweep_after,
                                         .max_heap_words = program.max_heap,
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
    const beam::Process& p = *process_;
    const auto recent = static_cast<std::uint64_t>(p.high_water - p.young.begin);
    return {{1, p.total_heap_words(), p.young.words, p.used_words(), p.old.words,
             p.old_used_words(), recent, p.stack_words(), 0, p.minor_collections}};
  }

 private:
  static constexpr std::size_t kNoSlot = ~std::size_t{0};

  Result<Unit> act(const Step& step) {
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
      case Op::kMinor:
        return without_value(beam::collect(*process_));
      case Op::kMajor:
        return without_value(beam::collect_major(*process_));
      case Op::kReload:
        return reload(a[0]);
      case Op::kPurge:
        return purge(a[0]);
    }
    return Unit{};
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

  Result<Unit> build_list(Number to, Number length) {
    const auto room = beam::allocate_words(*process_, beam::kConsWords * length);
    if (!room) return room.error();
    beam::Word* at = room.value();
    Term list = beam::kNil;
    for (Number i = length; i != 0; --i, at += beam::kConsWords) {
      at[0] = beam::make_small(static_cast<std::int64_t>(i)).word;
      at[1] = list.word;
      list = beam::make_list(at);
    }
    slot(to) = list;
    return Unit{};
  }

  Result<Unit> build_tuple(Number to, std::span<const Number> from) {
    const auto room = beam::allocate_words(*process_, 1 + from.size());
    if (!room) return room.error();
    beam::Word* const tuple = room.value();
    tuple[0] = beam::make_header(from.size(), beam::Subtag::kTuple);
    for (std::size_t i = 0; i < from.size(); ++i) tuple[1 + i] = slot(from[i]).word;
    slot(to) = beam::make_boxed(tuple);
    return Unit{};
  }

  Result<Unit> build_cons(Number to, Number head, Number tail) {
    const auto room = beam::allocate_words(*process_, beam::kConsWords);
    if (!room) return room.error();
    room.value()[0] = slot(head).word;
    room.value()[1] = slot(tail).word;
    slot(to) = beam::make_list(room.value());
    return Unit{};
  }

  Result<Unit> make_room(std::size_t words) {
    if (process_->room() >= words) return Unit{};
    return without_value(beam::collect(*process_, words));
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
    pair[1] = beam::make_small(static_cast<std::int64_t>(key)).word;
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
    beam::PurgeObserver observer;
    return without_value(node_.purge(name(module), *beam::find_strategy("otp"), blocks_, observer));
  }

  beam::MallocBlocks blocks_;
  beam::Node node_;
  std::vector<const beam::BeamModule*> modules_;
  beam::Process* process_ = nullptr;
  std::array<std::size_t, kKeys> dictionary_slots_{};
  bool dead_ = false;
};

Failure failure(const Program& program, std::string_view where, const beam::Error& error) {
  return Failure{fmt::format("the model of {} failed {}: {}", program.name, where, error.what)};
}

}  // namespace

Outcome<std::vector<HeapReading>> run_in_model(const Program& program, const Modules& modules) {
  auto node = beam::Node::create({.literal_space_bytes = kLiteralSpaceBytes, .max_processes = 1});
  if (!node) return failure(program, "at its start", node.error());
  Machine machine(std::move(node).value());
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
