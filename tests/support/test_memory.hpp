// Memory for processes under test: from malloc, counted, failing on demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/gc/verify.hpp"
#include "engine/heap/counting_blocks.hpp"
#include "engine/heap/failing_blocks.hpp"
#include "engine/heap/malloc_blocks.hpp"
#include "engine/heap/process.hpp"
#include "engine/term/equality.hpp"
#include "tests/support/must.hpp"

namespace beam_test {

struct TestMemory {
  beam::MallocBlocks source;
  beam::BlockLedger ledger;
  beam::CountingBlocks counted{source, ledger};
  beam::FailingBlocks blocks{counted};

  [[nodiscard]] std::uint64_t live_bytes() const noexcept { return ledger.counts().live_bytes; }
};

// A process that holds no literals, unless `literals` says where they are.
[[nodiscard]] inline beam::Process spawn(TestMemory& memory, beam::ProcessOptions options = {},
                                         std::size_t need = 0, beam::AddressRange literals = {}) {
  return must(beam::Process::spawn(memory.blocks, literals, options, need));
}

inline constexpr std::string_view kNoDamage;

// What the heap verifier finds broken; kNoDamage: nothing is.
[[nodiscard]] inline std::string damage(const beam::Process& process,
                                        const beam::LiteralSpace* space = nullptr) {
  const auto verdict = beam::verify_process(process, space);
  return verdict ? "" : verdict.error().what;
}

[[nodiscard]] inline bool same_graph(beam::Term a, beam::Term b) {
  return must(beam::equal_graphs(a, b));
}

}  // namespace beam_test
