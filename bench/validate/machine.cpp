#include "bench/validate/machine.hpp"

#include <utility>

#include "bench/validate/steps.hpp"
#include "engine/gc/collect.hpp"
#include "engine/gc/verify.hpp"
#include "engine/heap/process_info.hpp"
#include "engine/heap/spawn.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/term/layout.hpp"

namespace bench::validate {
namespace {

using beam::Result;
using beam::Term;
using beam::Unit;

// The driver monitors the process.
constexpr std::size_t kMonitorBytes = 64;

Term name_of(Number module) { return beam::make_atom(module); }

// Address space for the off-heap binaries of a program; none is reused.
std::size_t most_payload_bytes(const Program& program) {
  constexpr std::size_t kMostOfOtherSteps = 4096;  // a header, or a call's state
  std::size_t bytes = 0;
  for (const Step& step : program.steps) {
    bytes += kMostOfOtherSteps + (step.op == Op::kPayload ? step.arguments[1] : 0);
  }
  return bytes;
}

}  // namespace

Machine::Machine(beam::Node node, const ModelRules& rules) : rules_(rules), node_(std::move(node)) {
  dictionary_slots_.fill(kNoSlot);
}

Machine::~Machine() {
  for (const Stored& stored : table_) beam::release_fragments(blocks_, stored.fragment);
  if (payloads_ != nullptr) payloads_->release();
}

Result<Unit> Machine::start(const Program& program, const Modules& modules) {
  for (const ModuleSpec& spec : program.modules) {
    modules_.push_back(&modules.at(spec)->module);
    const auto loaded = load(modules_.size() - 1);
    if (!loaded) return loaded.error();
  }
  frame_slots_ = frame_slots(program);
  most_payload_bytes_ = most_payload_bytes(program);
  return spawn(program);
}

Result<Unit> Machine::spawn(const Program& program) {
  std::vector<beam::Word> words(beam::kConsWords * (1 + program.arguments));
  const Term list = list_at(words.data() + beam::kConsWords, program.arguments);
  words[0] = list.word;
  words[1] = beam::kNil.word;
  auto spawned =
      beam::spawn_with({&blocks_, node_.literals().range()}, beam::make_list(words.data()),
                       {.min_heap_words = program.min_heap,
                        .fullsweep_after = program.fullsweep_after,
                        .max_heap_words = program.max_heap,
                        .rules = &rules_.blocks,
                        .kill_above_max = program.kill,
                        .off_heap_messages = program.off_heap});
  if (!spawned) return spawned.error();
  const auto added = node_.processes().add(std::move(spawned).value());
  if (!added) return added.error();
  process_ = added.value();
  woken_slot_ = 0;
  return call_woken();
}

Result<Unit> Machine::run(const Step& step) {
  result_ = false;
  const auto done = dead_ ? Done(Unit{}) : act_scheduled(step);
  if (!process_->killed) return done;
  if (!std::exchange(dead_, true)) process_->free_heaps();
  return Unit{};
}

Result<Unit> Machine::verify() {
  return dead_ ? Done(Unit{}) : beam::verify_process(*process_, &node_.literals());
}

HeapReading Machine::read() const {
  if (dead_) return {};
  const beam::GarbageCollectionInfo info = beam::garbage_collection_info(*process_);
  return {{1, beam::total_heap_size(*process_), info.heap_block_size, info.heap_size,
           info.old_heap_block_size, info.old_heap_size, info.recent_size, info.stack_size,
           info.mbuf_size, process_->minor_collections, info.bin_vheap_size,
           info.bin_vheap_block_size, info.bin_old_vheap_size, info.bin_old_vheap_block_size,
           beam::memory(*process_) + kMonitorBytes, result_ ? 1U : 0U}};
}

// Reading the heap after the previous step has scheduled the process in, after the reading.
Result<Unit> Machine::act_scheduled(const Step& step) {
  const auto scheduled = schedule();
  return scheduled && !process_->killed ? act(step) : scheduled;
}

Result<Unit> Machine::act(const Step& step) {
  const StepKind& kind = kind_of(step.op);
  if (kind.actor == Actor::kOutside) return kind.act(*this, step.arguments);
  const auto awake = wake();
  if (!awake || process_->killed) return awake;
  const auto acted = kind.act(*this, step.arguments);
  if (!acted || process_->killed || step.op == Op::kHibernate) return acted;
  const auto called = answer();
  // A process that receives data that makes a collection due is soon scheduled out, in the call
  // that sends the answer, and in again.
  const bool due = step.op == Op::kReceive && process_->collection_due();
  if (due && called && !process_->killed) return without_value(collect_in_call(0));
  return step.op == Op::kPublish && called ? collect_literals() : called;
}

Result<Unit> Machine::collect_major() { return without_value(beam::collect_on_request(*process_)); }

Result<Unit> Machine::collect_minor() {
  return without_value(beam::collect_on_request(*process_, beam::Request::kMinor));
}

Result<Unit> Machine::take_literal(Number to, Number module, Number index) {
  slot(to) = literal(module, index);
  return Unit{};
}

Result<Unit> Machine::copy_slot(Number to, Number from) {
  slot(to) = slot(from);
  return Unit{};
}

Result<Unit> Machine::drop(Number at) {
  slot(at) = beam::kNil;
  return Unit{};
}

Term Machine::literal(Number module, Number index) {
  const beam::AreaImage& image = modules_[module]->image;
  const beam::LiteralArea& area = node_.code().find(name_of(module))->current.literals;
  return beam::placed_term(image.literals[index], image, area, node_.literals());
}

// Sends the answer that the step is done.
Result<Unit> Machine::answer() {
  const auto yielded = yield();
  if (!yielded || process_->killed) return yielded;
  return without_value(returned(beam::kNil));
}

Result<Term> Machine::returned(Term result, Room counted) {
  const auto gap = static_cast<std::size_t>(process_->stop - process_->htop) - kReturnAddressWords;
  const std::size_t room = counted == Room::kWords ? gap : gap * beam::kWordBytes;
  const beam::VirtualHeap& binaries = process_->virtual_heap;
  const bool due = room < process_->fragment_words || binaries.young > binaries.young_limit;
  return due ? collect_in_call(0, result) : result;
}

// The function to wake up in gets the slot's value as its only argument. If messages are queued it
// is called at once.
Result<Unit> Machine::hibernate(Number from) {
  const auto listed = build_cons(from, from, kNilSlot);
  if (!listed || process_->killed) return listed;
  const auto answered = answer();
  if (!answered || process_->killed) return answered;
  woken_slot_ = from;
  const Term arguments = slot(from);
  const auto hibernated = beam::hibernate(*process_, arguments);
  if (!hibernated || process_->hibernated) return without_value(hibernated);
  process_->pop(frame_slots_);
  process_->stack_term(0) = arguments;
  return call_woken();
}

// A process that is scheduled in collects first if that is due (erts_schedule,
// erts/emulator/beam/erl_process.c).
Result<Unit> Machine::schedule() {
  if (!process_->collection_due()) return Unit{};
  return without_value(beam::collect(*process_));
}

Result<Unit> Machine::wake() {
  const auto scheduled = schedule();
  if (!scheduled || process_->killed || !process_->hibernated) return scheduled;
  return call_woken();
}

// The function is called with its argument in a register and makes a stack frame, for which a
// hibernated heap has no room. In the model the one word of stack stands for the register.
Result<Unit> Machine::call_woken() {
  process_->stack_term(0) = beam::head_of(process_->stack_term(0));
  const auto collected = make_room(frame_slots_);
  if (!collected || process_->killed) return collected;
  const Term argument = std::exchange(process_->stack_term(0), beam::kNil);
  for (Number i = 0; i < frame_slots_; ++i) static_cast<void>(process_->push(beam::kNil));
  slot(woken_slot_) = argument;
  return yield();
}

// Under a limit that kills, the driver's code yields after every step.
Result<Unit> Machine::yield() {
  const bool yields = process_->options.max_heap_words != 0 && process_->options.kill_above_max;
  return yields ? schedule() : Done(Unit{});
}

Result<Unit> Machine::load(Number module) {
  return without_value(node_.load(name_of(module), modules_[module]->image));
}

Result<Unit> Machine::reload(Number module) {
  result_ = !node_.code().find(name_of(module))->old.loaded;
  return result_ ? load(module) : Done(Unit{});
}

Result<Unit> Machine::purge(Number module) {
  const auto purged = node_.purge_code(name_of(module));
  if (!purged) return purged.error();
  result_ = purged.value();
  return collect_literals();
}

// All areas are queued before the literal collector begins with the first.
Result<Unit> Machine::purge_all(std::span<const Number> modules) {
  for (const Number module : modules) {
    const auto purged = node_.purge_code(name_of(module));
    if (!purged) return purged.error();
    result_ |= purged.value();
  }
  return collect_literals();
}

Result<Unit> Machine::soft_purge(Number module) {
  const auto purged = node_.soft_purge_code(name_of(module));
  if (!purged) return purged.error();
  result_ = purged.value();
  return collect_literals();
}

// A return address on the stack marks a process as running the code.
Result<Unit> Machine::occupy(Number module) {
  const auto spawned = node_.spawn(blocks_);
  if (!spawned) return spawned.error();
  const beam::Word address = node_.code().find(name_of(module))->current.code_address();
  static_cast<void>(spawned.value()->push(Term{address}));
  return Unit{};
}

Result<Unit> Machine::collect_literals() {
  beam::PurgeObserver observer;
  return without_value(node_.collect_literals(*rules_.strategy, blocks_, observer));
}

}  // namespace bench::validate
