#include "bench/validate/named_programs.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "bench/validate/named_singles.hpp"
#include "engine/heap/block_sizes.hpp"

namespace bench::validate {
namespace {

// Modules: three sizes of area, the last so large that a real BEAM collects on a dirty scheduler,
// and one of each kind of literal.
constexpr std::array<Named, 12> kModules = {{{"small", "module records 10 2\n"},
                                             {"big", "module records 200 100\n"},
                                             {"huge", "module records 300 1000\n"},
                                             {"tuples", "module tuples 40 9\n"},
                                             {"lists", "module lists 20 60\n"},
                                             {"maps", "module maps 30 8\n"},
                                             {"hash maps", "module maps 8 100\n"},
                                             {"mixed", "module mixed 10 5\n"},
                                             {"bignums", "module integers 10 200\n"},
                                             {"floats", "module floats 10 3\n"},
                                             {"bit strings", "module bits 10 13\n"},
                                             {"pids of other nodes", "module external 10 5\n"}}};

// How literal 3 of module 0 comes to be held.
constexpr std::array<Named, 14> kHolds = {
    {{"nothing", "drop 0\n"},
     {"stack slot", "literal 0 0 3\n"},
     {"fun", "literal 0 0 3\nfunction 1 0\nfunction 1 1 0\ndrop 0\n"},
     {"hibernated with it", "literal 0 0 3\nhibernate 0\n"},
     {"hibernated without it", "literal 0 0 3\nlist 1 20\nhibernate 1\n"},
     {"hibernated with a tuple", "literal 0 0 3\nlist 1 20\ntuple 2 0 1 0\nhibernate 2\n"},
     {"dictionary", "literal 0 0 3\nput 0 0\ndrop 0\n"},
     {"tuple", "literal 0 0 3\ntuple 1 0\ndrop 0\n"},
     {"list", "literal 0 0 3\nliteral 1 0 4\ncons 2 0 1\ncons 2 0 2\ndrop 0\ndrop 1\n"},
     {"twice", "literal 0 0 3\ntuple 1 0 0\ntuple 2 1 0\ndrop 0\ndrop 1\n"},
     {"garbage", "literal 0 0 3\ntuple 1 0\ndrop 0\ndrop 1\n"},
     {"old heap", "list 1 200\nliteral 0 0 3\ntuple 2 0 1\ndrop 0\nmajor\nminor\nminor\n"},
     {"beside 1000 words", "list 1 500\nmajor\nliteral 0 0 3\n"},
     {"every slot", "literal 0 0 3\nliteral 1 0 4\nliteral 2 0 5\nliteral 3 0 6\nliteral 4 0 "
                    "7\nliteral 5 0 2\n"}}};

constexpr std::string_view kPurged = "reload 0\npurge 0\nminor\nlist 5 40\nmajor\nmajor\n";

// What a process takes of literals, and holds in their place.
constexpr std::array<Named, 18> kParts = {
    {{"the rest of a list in a tuple",
      "module records 20 50\nliteral 0 0 3\nelement 0 0 3\nrest 0 0\n"},
     {"a list in a tuple", "module records 20 50\nliteral 0 0 3\nelement 1 0 3\ndrop 0\n"},
     {"a list and its rest",
      "module lists 20 60\nliteral 0 0 3\nrest 1 0\nrest 2 1\nput 0 2\ndrop 1\n"},
     {"the rests of two lists",
      "module lists 20 60\nliteral 0 0 3\nliteral 1 0 4\nrest 0 0\nrest 1 1\ntuple 2 0 1 0\n"},
     {"a number of a tuple", "module tuples 40 9\nliteral 0 0 3\nelement 0 0 2\n"},
     {"what is no part of it",
      "module tuples 40 9\nliteral 0 0 3\nrest 1 0\nelement 2 0 10\nupdate 3 0 0\nelement 4 3 1\n"},
     {"the keys of a map of 20", "module maps 10 20\nliteral 0 0 3\nupdate 0 0 1\n"},
     {"the keys of a map of 32", "module maps 10 32\nliteral 0 0 3\nupdate 0 0 1\n"},
     {"a map and two with its keys",
      "module maps 10 20\nliteral 0 0 3\nlist 1 5\nupdate 1 0 1\nupdate 2 1 0\n"},
     {"a map updated to what it is",
      "module maps 10 20\nliteral 0 0 3\nupdate 1 0 2\nupdate 3 1 2\nupdate 4 1 2\ndrop 0\n"},
     {"the elements of a tuple of every kind",
      "module mixed 10 5\nliteral 0 0 0\nelement 1 0 5\nelement 2 0 6\nupdate 2 2 1\nelement 3 0 "
      "10\nrest 3 3\nelement 4 0 7\nelement 5 0 9\ndrop 0\n"},
     {"the nodes of a hash map beside a new way through it",
      "module maps 8 100\nliteral 0 0 3\nupdate 0 0 1\n"},
     {"a hash map of 1000 keys and two with its nodes",
      "module maps 2 1000\nliteral 0 0 1\nlist 1 5\nupdate 1 0 1\nupdate 2 1 0\nput 3 2\n"},
     {"a hash map updated to what it is",
      "module maps 8 100\nliteral 0 0 3\nupdate 1 0 2\nupdate 3 1 2\nupdate 4 3 2\ndrop 0\n"},
     {"a hash map updated beside a fragment", "module maps 8 100\nliteral 0 0 3\nlist 1 80\ntell "
                                              "60\nreceive 2\nupdate 0 0 2\nupdate 0 0 1\n"},
     {"a literal in a map", "module records 20 6\nmap 1 20\nliteral 0 0 3\nupdate 0 1 0\n"},
     {"a literal in a hash map",
      "module records 20 6\nmap 1 100\nliteral 0 0 3\nupdate 0 1 0\nliteral 2 0 4\nupdate 1 0 2\n"},
     {"a map updated in a full heap",
      "module maps 10 20\nlist 1 105\nliteral 0 0 3\nupdate 0 0 1\n"}}};

class Set {
 public:
  // `text` is a program of this file.
  void add(std::string name, std::string_view text) {
    programs_.push_back(std::move(parse_program(text, std::move(name)).value()));
  }
  [[nodiscard]] std::vector<Program> take() { return std::move(programs_); }

 private:
  std::vector<Program> programs_;
};

void add_holds(Set& set) {
  for (const Named& module : kModules) {
    for (const Named& hold : kHolds) {
      set.add(fmt::format("hold/{} of {}", hold.name, module.name),
              fmt::format("{}{}{}", module.text, hold.text, kPurged));
    }
  }
}

// Areas that are as large as a block, and one word smaller and larger; so with what is built, and
// with what is mature when a minor collection makes an old block.
void add_sizes(Set& set) {
  constexpr std::size_t kFrom = 2;  // 51 words
  constexpr std::size_t kTo = 16;   // 17731 words
  for (std::size_t i = kFrom; i < kTo; ++i) {
    const std::uint64_t size = beam::kBlockSizes[i];
    for (const std::uint64_t words : {size - 1, size, size + 1}) {
      set.add(
          fmt::format("size/an area with a tuple of {} words", words),
          fmt::format("module tuples 1 {}\nliteral 0 0 0\nreload 0\npurge 0\nmajor\n", words - 1));
    }
    set.add(fmt::format("size/{} words built at once", size / 2 * 2),
            fmt::format("list 0 {}\nmajor\nminor\nminor\nmajor\n", size / 2));
    set.add(fmt::format("size/{} mature words", size / 2 * 2 + 2),
            fmt::format("list 0 {}\nmajor\nlist 1 1\ndrop 1\nminor\nminor\nmajor\n", size / 2));
  }
}

// Literals and other data in messages, in either kind of queue, with room on the receiver's heap
// and without.
constexpr std::array<Named, 4> kReceivers = {{{"on_heap idle", ""},
                                              {"on_heap full", "list 1 108\n"},
                                              {"off_heap idle", "off_heap 1\n"},
                                              {"off_heap hibernating", "off_heap 1\n"}}};
constexpr std::array<Named, 11> kMessages = {
    {{"a literal", "tell_literal 0 3 0\n"},
     {"a tuple of a literal", "tell_literal 0 3 1\n"},
     {"a tuple of the same literal twice", "tell_literal 0 3 2\n"},
     {"a literal from a timer", "tell_later 0 3 0\n"},
     {"a tuple of the same literal twice from a timer", "tell_later 0 3 2\n"},
     {"a list", "tell 20\n"},
     {"a list that is larger than the heap", "tell 200\n"},
     {"many of them", "tell 5\ntell_literal 0 3 0\ntell 1\ntell_literal 0 4 6\ntell 50\n"},
     {"an immediate to itself", "post 2\npost 2\n"},
     {"one to itself", "literal 0 0 3\ntuple 0 0 0\npost 0\ndrop 0\n"},
     {"one that crosses the purge", "cross 0 3 0\ncross 0 4 2\n"}}};

void add_messages(Set& set) {
  constexpr std::string_view kRead = "receive 0\nminor\nreceive 2\nreload 0\npurge 0\nmajor\n"
                                     "receive 3\nreceive 4\nreceive 5\nlist 5 90\nmajor\n";
  const auto add = [&](std::string name, std::string_view head, const Named& module,
                       const Named& message, std::string_view between) {
    const bool option = head.starts_with("off_heap");
    set.add(std::move(name),
            fmt::format("{}{}{}{}{}{}{}", option ? head : "", module.text, option ? "" : head,
                        between, message.text, "reload 0\npurge 0\n", kRead));
  };
  for (const Named& receiver : kReceivers) {
    const bool hibernates = receiver.name.ends_with("hibernating");
    for (const Named& message : kMessages) {
      for (const Named& module : {kModules[0], kModules[1], kModules[7]}) {
        add(fmt::format("message/{}: {} of {}", receiver.name, message.name, module.name),
            receiver.text, module, message, hibernates ? "hibernate 0\n" : "");
      }
    }
  }
}

// What looks whether a collection is due looks at a moment of its own, with a return address on the
// stack or without. A received message of 108 words is beside a heap that has about as much room.
constexpr std::array<std::string_view, 20> kSteps = {
    "erase 1",    "put 0 1",      "put 0 2",     "look 1 0",    "literal 1 0 1",
    "drop 1",     "copy 1 2",     "post 5",      "tell 1",      "tuple 1 1",
    "binary 0 3", "payload 0 65", "store 1 1",   "hibernate 5", "receive 1",
    "map 1 2",    "publish 1 2",  "publish 1 5", "fetch 1 1",   "fetch 1 2"};
// Nothing but the list in slot 5 is left in a block of 233 words, beside a stack of 7.
constexpr std::array<std::pair<unsigned, std::string_view>, 7> kRooms = {
    {{113, "list 4 1\ntuple 3 1 1\n"},
     {112, "list 4 3\n"},
     {111, "list 4 2\ntuple 3 1 1\n"},
     {110, "list 4 4\n"},
     {109, "list 4 3\ntuple 3 1 1\n"},
     {108, "list 4 5\n"},
     {107, "list 4 4\ntuple 3 1 1\n"}}};

// Under a limit that kills, every step ends with a yield.
void add_fragments(Set& set) {
  for (const std::string_view step : kSteps) {
    for (const auto& [room, text] : kRooms) {
      for (const std::string_view limit : {"", "max_heap 100000\n"}) {
        set.add(
            fmt::format("fragments/108 words beside {} free{}: {}", room,
                        limit.empty() ? "" : " under a limit", step),
            fmt::format("{}off_heap 1\nmodule records 10 2\nstore 1 1\nlist 5 54\nmajor\ntell 54\n"
                        "receive 2\n{}{}\n{}\ndrop 2\nmajor\n",
                        limit, text, step, step));
      }
    }
  }
  // So with what the key had, which is returned and so outlives the collection that is due then.
  for (const char* const step : {"put 1 5", "put 1 0", "erase 1"}) {
    for (unsigned more = 0; more < 12; ++more) {
      set.add(fmt::format("fragments/{} that returns a list beside {} more words", step, more),
              fmt::format("off_heap 1\nlist 0 4\nput 1 0\ndrop 0\nlist 5 48\nmajor\ntell "
                          "54\nreceive 2\nlist 4 {}\n{}{}\n{}\ndrop 2\nmajor\n",
                          1 + more / 2, more % 2 == 0 ? "" : "tuple 3 1 1\n", step, step));
    }
  }
}

// Binaries off the heap, up to and beyond what makes a collection due.
constexpr std::array<Named, 7> kPayloads = {
    {{"binary/of 65 bytes", "payload 0 65\nmajor\nminor\ndrop 0\nmajor\n"},
     {"binary/many that are kept",
      "payload 0 100000\ncons 1 0 1\npayload 0 100000\ncons 1 0 1\npayload 0 100000\ncons 1 0 "
      "1\npayload 0 100000\ncons 1 0 1\npayload 0 100000\ncons 1 0 1\nminor\nminor\nmajor\n"},
     {"binary/many that are dropped",
      "payload 0 100000\npayload 0 100000\npayload 0 100000\npayload 0 100000\npayload 0 "
      "100000\npayload 0 100000\npayload 0 100000\npayload 0 100000\nminor\n"},
     {"binary/one larger than its limit", "payload 0 400000\npayload 1 371384\nmajor\n"},
     {"binary/old ones make a collection major",
      "payload 0 1400000\nminor\nminor\nminor\nminor\nminor\nminor\n"},
     {"binary/in messages", "payload 0 300000\npost 0\npost 0\nreceive 1\nreceive 2\nminor\n"},
     {"binary/in messages beside the heap",
      "off_heap 1\npayload 0 300000\npost 0\npost 0\nreceive 1\nreceive 2\nminor\n"}}};

// A table gives copies, of literals as well, and holds nobody's area.
constexpr std::array<Named, 10> kStored = {
    {{"a literal", "module records 20 6\nliteral 0 0 3\n"},
     {"a literal twice", "module records 20 6\nliteral 0 0 3\ntuple 0 0 0\n"},
     {"a list that is larger than the heap", "module records 20 6\nlist 0 200\n"},
     {"a list twice", "module records 20 6\nlist 0 5\ntuple 0 0 0 1\n"},
     {"nothing", "module records 20 6\n"},
     {"a literal of every kind", "module mixed 10 5\nliteral 0 0 3\n"},
     {"a literal hash map and its update",
      "module maps 8 100\nliteral 0 0 3\nupdate 1 0 2\ntuple 0 0 1\n"},
     {"parts of binaries",
      "module binaries 20 200\nliteral 0 0 3\nmatch 0\ntake 1 3\ntail 2\npayload 3 "
      "70000\ntuple 0 0 1 2 3\n"},
     {"a binary that makes a collection due when it is fetched",
      "module records 20 6\npayload 1 185696\ncopy 0 1\n"},
     {"a fun", "module records 20 6\nliteral 0 0 3\nfunction 0 0 0\n"}}};

void add_stored(Set& set) {
  for (const Named& stored : kStored) {
    set.add(fmt::format("table/{}", stored.name),
            fmt::format("{}store 0 0\nfetch 1 0\nfetch 2 1\ndrop 0\nreload 0\npurge 0\nfetch 3 "
                        "0\nstore 0 2\nfetch 4 0\nminor\nstore 0 3\nfetch 5 0\nmajor\n",
                        stored.text));
  }
}

// Terms that are made at run time, of the sizes where their form changes.
void add_built(Set& set) {
  for (const unsigned keys : {1U, 2U, 31U, 32U, 33U, 34U, 64U, 100U, 256U, 1000U}) {
    set.add(fmt::format("built/a map of {} keys", keys),
            fmt::format("map 0 {}\nminor\nlist 1 5\nupdate 2 0 1\nupdate 3 2 1\nmajor\npost "
                        "2\ndrop 2\nminor\nreceive 4\nmajor\n",
                        keys));
  }
}

// Binaries of every kind that are matched across collections and purges.
constexpr std::array<Named, 6> kMatched = {
    {{"of 64 bytes", "module binaries 20 64\nliteral 0 0 3\n"},
     {"of 65 bytes", "module binaries 20 65\nliteral 0 0 3\n"},
     {"of 200 bytes", "module binaries 20 200\nliteral 0 0 3\n"},
     {"in a tuple", "module mixed 10 5\nliteral 0 0 3\nelement 0 0 5\n"},
     {"on the heap", "module binaries 20 200\nbinary 0 64\n"},
     {"off the heap", "module binaries 20 200\npayload 0 200\n"}}};
constexpr std::array<Named, 10> kMatchings = {
    {{"a match state", "match 0\n"},
     {"a match state alone", "match 0\ndrop 0\n"},
     {"a match state and what was taken", "match 0\ntake 1 16\ntake 2 200\ndrop 0\n"},
     {"a tail alone", "match 0\ntake 1 8\ntail 0\nmatch 1\ndrop 1\n"},
     {"bits that are no bytes", "match 0\ntake 1 3\ntake 2 40\ntake 3 9\ntail 4\ndrop 0\n"},
     {"a part of a part", "match 0\ntake 1 3\ntake 0 60\nmatch 0\ntake 1 4\ntake 2 9\ntail 0\n"},
     {"an old match state", "match 0\nmajor\nminor\nminor\ndrop 0\ntake 1 8\n"},
     {"two match states of one binary", "match 0\ntake 1 9\nmatch 0\ntake 2 9\n"},
     {"parts in a message", "match 0\ntake 1 3\ntail 2\npost 1\npost 2\ndrop 1\ndrop 2\n"},
     {"parts when it hibernates", "match 0\ntake 1 3\ntail 2\ntuple 0 1 2\nhibernate 0\n"}}};

void add_matched(Set& set) {
  for (const Named& binary : kMatched) {
    for (const Named& matching : kMatchings) {
      set.add(fmt::format("match/{} of a binary {}", matching.name, binary.name),
              fmt::format("{}{}reload 0\npurge 0\ntake 3 8\nminor\ntail 4\nlist 5 40\nmajor\n"
                          "take 3 100000\nmajor\n",
                          binary.text, matching.text));
    }
  }
}

void add_long_life(Set& set) {
  std::string text = "module records 200 100\nliteral 0 0 3\nreload 0\npurge 0\n";
  for (int i = 0; i < 100; ++i) text += "list 1 90\ndrop 1\nminor\n";
  set.add("again/the old block of a purge outlives minor collections", text + "major\n");
}

}  // namespace

std::vector<Program> named_programs() {
  Set set;
  add_holds(set);
  add_sizes(set);
  add_messages(set);
  add_fragments(set);
  for (const unsigned elements : {1U, 112U, 113U, 114U, 115U, 200U, 1000U, 20000U}) {
    set.add(fmt::format("spawn/with a list of {} elements", elements),
            fmt::format("arguments {}\nmajor\nminor\nlist 1 20\ndrop 0\nmajor\n", elements));
  }
  for (const Named& part : kParts) {
    set.add(fmt::format("part/{}", part.name), fmt::format("{}{}", part.text, kPurged));
  }
  add_built(set);
  add_matched(set);
  add_stored(set);
  for (const Named& single : kPayloads) set.add(std::string(single.name), single.text);
  for (const Named& single : named_singles()) set.add(std::string(single.name), single.text);
  add_long_life(set);
  return set.take();
}

}  // namespace bench::validate
