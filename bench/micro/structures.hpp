// Live structures to collect, each in its own process.
//
// The same structures, element by element, as scripts/beam/gc_copy.erl builds in a real runtime;
// the head of that file describes each, and the checksum of the random graph. After the first
// collection the order in memory is the collector's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/heap/block_resource.hpp"
#include "engine/heap/process.hpp"
#include "engine/literal/literal_space.hpp"

namespace bench::micro {

enum class Structure {
  kList,        // a list of small integers: 2 words an element
  kTuples4,     // a list of 4-tuples: 7 words
  kFlatMaps,    // a list of flat maps of 4 keys that share a literal tuple of keys: 9 words
  kBinaries64,  // a list of 64-byte heap binaries: 12 words
  kDag,         // nodes {I, A, B} of two random earlier nodes, in tuples of 4096
  kChain,       // nodes {I, Next}, linked in an order that is random in memory
};

[[nodiscard]] std::optional<Structure> find_structure(std::string_view name) noexcept;

// A process whose only root is the structure, and the literal space its literals are in.
struct LiveStructure {
  LiveStructure(beam::LiteralSpace space, beam::Process owner, std::uint64_t count) noexcept
      : literals(std::move(space)), process(std::move(owner)), elements(count) {}

  beam::LiteralSpace literals;
  beam::Process process;
  std::uint64_t elements;
};

// At most `words` words of live data. The young block is 1.5 times as large, so that it never grows
// or shrinks. Null: no memory.
[[nodiscard]] std::unique_ptr<LiveStructure>
build_structure(Structure structure, std::uint64_t words, beam::BlockResource& blocks) noexcept;

}  // namespace bench::micro
