// What a comparison found, as a table for people and as JSON.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/validate/comparison.hpp"

namespace bench::validate {

// A program in which the two differ, in its smallest form.
struct Counterexample {
  Program program;
  Comparison comparison;
};

struct Verdict {
  std::string erl;
  std::string release;
  std::vector<Comparison> comparisons;
  std::vector<Counterexample> counterexamples;

  [[nodiscard]] std::size_t differences() const noexcept;
};

// {"erl", "otp_release", "checks": [{"name", "quantity", "real", "model", "equal"}],
// "differences"}.
[[nodiscard]] std::string verdict_json(const Verdict& verdict);

// One line for each group of programs, then what differs in areas and in programs that were not
// shrunk, then every counterexample with what differs in it.
[[nodiscard]] std::string verdict_table(const Verdict& verdict, std::size_t width);

}  // namespace bench::validate
