// The heaps that OTP 25 was seen to have (tests/fixtures/otp25.json), before, during and after a
// purge, against those of the model, word for word.
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/beam_file/beam_module.hpp"
#include "engine/gc/collect.hpp"
#include "engine/literal/load_image.hpp"
#include "engine/node/node.hpp"
#include "engine/purge/registry.hpp"
#include "engine/term/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/test_memory.hpp"

namespace {

using beam::Term;
using beam_test::must;
using nlohmann::json;

const json& otp25() {
  static const json kMeasured = json::parse(std::ifstream(fixtures_dir() / "otp25.json"));
  return kMeasured;
}

std::vector<std::uint8_t> file_bytes(const std::string& name) {
  std::ifstream file(fixtures_dir() / (name + ".beam"), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A node with the module loaded and one process that is what a measured process was.
class Replay {
 public:
  explicit Replay(const json& measured, beam::ProcessOptions options = {})
      : module_(must(beam::read_beam(file_bytes(measured["module"]), atoms_))),
        name_(must(atoms_.intern(module_.name))),
        node_(must(beam::Node::create({.max_processes = 1}))) {
    load();
    process_ = must(node_.spawn(memory_.blocks, options));
  }

  void load() { must(node_.load(name_, module_.image)); }
  void purge() {
    beam::PurgeObserver observer;
    must(node_.purge(name_, *beam::find_strategy("otp"), memory_.blocks, observer));
  }
  void collect() { must(beam::collect_major(*process_)); }

  // Literal `index` of the current version.
  [[nodiscard]] Term literal(std::size_t index) {
    const beam::LiteralArea& area = node_.code().find(name_)->current.literals;
    return beam::placed_term(module_.image.literals[index], module_.image, area, node_.literals());
  }
  // The process becomes one of the measured kind. False: not a kind that is modelled here.
  [[nodiscard]] bool become(const json& measured) {
    const std::string kind = measured["kind"];
    const std::vector<std::size_t> held = measured["held"];
    const std::size_t cells = measured["own_cells"];
    std::size_t pushed = 1;
    if (kind == "stack") {
      push(literal(held[0]));
    } else if (kind == "list") {
      push(beam::kNil);
      for (const std::size_t index : held) cons(literal(index));
    } else if (kind == "dictionary") {
      hold_in_dictionary(literal(held[0]));
      pushed = 0;
    } else if (kind == "tuple") {
      push(tuple({beam::make_atom(0), literal(held[0]), beam::make_pid(1)}));
    } else if (kind == "twice") {
      const Term value = literal(held[0]);
      push(tuple({value, tuple({value, beam::make_pid(1)})}));
    } else if (kind == "part") {
      const Term value = literal(held[0]);
      push(Term{value.pointer()[beam::header_arity(value.pointer()[0])]});
    } else if (kind == "bystander") {
      pushed = 0;
    } else {
      return false;
    }
    if (cells != 0) {
      push(beam::kNil);
      ++pushed;
      for (std::size_t i = 0; i < cells; ++i) cons(beam::make_small(1));
    }
    for (const std::size_t wanted = measured["started"]["stack_size"]; pushed + 1 < wanted;
         ++pushed) {
      push(beam::kNil);
    }
    if (cells != 0 || kind == "list") {
      collect();
      collect();
    }
    return true;
  }

  [[nodiscard]] beam::Process& process() { return *process_; }
  [[nodiscard]] std::string damage() { return beam_test::damage(*process_, &node_.literals()); }

 private:
  void push(Term term) { REQUIRE(process_->push(term)); }
  // Puts `head` before the list on top of the stack.
  void cons(Term head) {
    beam::Word* cell = must(beam::allocate_words(*process_, beam::kConsWords));
    cell[0] = head.word;
    cell[1] = process_->stack_term(0).word;
    process_->stack_term(0) = beam::make_list(cell);
  }
  [[nodiscard]] Term tuple(const std::vector<Term>& elements) {
    beam::Word* at = must(beam::allocate_words(*process_, 1 + elements.size()));
    at[0] = beam::make_header(elements.size(), beam::Subtag::kTuple);
    for (std::size_t i = 0; i < elements.size(); ++i) at[1 + i] = elements[i].word;
    return beam::make_boxed(at);
  }
  // put(Key, Value) makes the tuple {Key, Value}.
  void hold_in_dictionary(Term value) {
    must(process_->put_dictionary(tuple({beam::make_atom(0), value})));
  }

  beam_test::TestMemory memory_;
  beam::AtomTable atoms_;
  beam::BeamModule module_;
  Term name_;
  beam::Node node_;
  beam::Process* process_ = nullptr;
};

void check_step(Replay& replay, const json& heap) {
  const beam::Process& process = replay.process();
  CHECK(replay.damage().empty());
  CHECK(process.total_heap_words() == heap["total_heap_size"]);
  CHECK(process.young.words == heap["heap_block_size"]);
  CHECK(process.old.words == heap["old_heap_block_size"]);
  CHECK(process.old_used_words() == heap["old_heap_size"]);
  CHECK(process.stack_words() == heap["stack_size"]);
}

TEST_CASE("every measured process has the heap that OTP 25 gave it, through reload, purge and "
          "collection") {
  std::size_t replayed = 0;
  for (const json& measured : otp25()["purges"]) {
    Replay replay(measured);
    if (!replay.become(measured)) continue;
    ++replayed;
    const std::string what = measured["module"].get<std::string>() + " " + measured["kind"].dump();
    INFO(what << " held " << measured["held"].size() << " own " << measured["own_cells"]);
    check_step(replay, measured["started"]);
    replay.load();
    check_step(replay, measured["reloaded"]);
    replay.purge();
    check_step(replay, measured["purged"]);
    // The runtime's processes hold garbage from their start that only a collection drops.
    const bool collected = replay.process().old.words != 0 || measured["own_cells"] != 0;
    if (collected && measured["own_cells"] == 0) {
      CHECK(replay.process().used_words() == measured["purged"]["heap_size"]);
    }
    replay.collect();
    check_step(replay, measured["collected"]);
    CHECK(replay.process().used_words() == measured["collected"]["heap_size"]);
  }
  CHECK(replayed >= 38);
}

TEST_CASE("a purge kills at exactly the max_heap_size at which OTP 25 kills") {
  for (const json& measured : otp25()["max_heap_size"]) {
    Replay replay(measured, {.max_heap_words = measured["max_heap_size"],
                             .kill_above_max = measured["kill"]});
    REQUIRE(replay.process().push(replay.literal(0)));
    replay.load();
    replay.purge();
    INFO(measured.dump());
    CHECK(replay.process().killed != measured["alive"].get<bool>());
    if (measured["alive"]) {
      CHECK(replay.process().total_heap_words() == measured["total_heap_size"]);
    }
  }
}

}  // namespace
