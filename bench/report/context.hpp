// Where a run's figures come from: the `context` object of Google Benchmark's JSON, with its keys
// and more.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bench/cells/provenance.hpp"

namespace bench::report {

// JSON text: date, host, CPUs, caches, load, kernel, huge pages, memory, compiler, flags, commit,
// library versions and the command line. Reads /proc and /sys; what the system does not tell is
// null, or 0 where readers of the format expect a number.
[[nodiscard]] std::string context_json(std::span<const std::string> command_line);

// Of a row that is made now, by this program. What the system does not tell is empty.
[[nodiscard]] cells::Provenance provenance_here();

// The part of it that Google Benchmark does not tell itself, system and build, and in
// `allocator_env` what tunes the allocator of this very process: keys with their values, of which
// what is no text is JSON.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> provenance();

}  // namespace bench::report
