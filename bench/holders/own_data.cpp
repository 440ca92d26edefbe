#include "bench/holders/own_data.hpp"

#include <utility>

#include "engine/gc/collect.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/term.hpp"

namespace bench::holders {

using beam::Error;
using beam::Process;
using beam::Result;
using beam::Term;
using beam::Unit;

namespace {

// The frame below the first call, and the slot that holds the data.
constexpr std::uint64_t kStackWords = 2;

}  // namespace

Result<Term> make_own_data(Process& process, std::uint64_t words) noexcept {
  auto* at = process.allocate(words);
  if (at == nullptr) return Error{"a heap lacks room for own data"};
  Term list = beam::kNil;
  std::uint64_t left = words;
  if (left % 2 != 0) {
    // A tuple of 2 elements, 3 words, as the last tail.
    at[0] = beam::make_header(2, beam::Subtag::kTuple);
    at[1] = at[2] = beam::make_small(0).word;
    list = beam::make_boxed(at);
    at += 3;
    left -= 3;
  }
  for (; left >= 2; left -= 2, at += 2) {
    at[0] = beam::make_small(static_cast<std::int64_t>(left)).word;
    at[1] = list.word;
    list = beam::make_list(at);
  }
  return list;
}

Result<Process> spawn_with_own_data(beam::BlockResource& blocks, beam::AddressRange literals,
                                    std::uint64_t words) noexcept {
  auto process = Process::spawn(blocks, literals, {}, words == 0 ? 0 : words + kStackWords);
  if (!process || words == 0) return process;
  const auto data = make_own_data(process.value(), words);
  if (!data) return data.error();
  if (!process.value().push(data.value())) return Error{"a new stack lacks room"};
  const auto collected = beam::collect_major(process.value());
  if (!collected) return collected.error();
  return process;
}

Result<Unit> push_slot(Process& process) noexcept {
  if (process.push(beam::kNil)) return Unit{};
  const auto collected = beam::collect(process, 1);
  if (!collected) return collected.error();
  if (process.killed) return Unit{};
  return process.push(beam::kNil) ? Result<Unit>(Unit{}) : Error{"no room for a stack slot"};
}

}  // namespace bench::holders
