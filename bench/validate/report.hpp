// The result of a comparison, as a table and as JSON.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "bench/validate/comparison.hpp"

namespace bench::validate {

// A program in which the two differ, shrunk.
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

// One line for each group of programs, then the differences in areas and in programs that were not
// shrunk, then every counterexample with its differences.
[[nodiscard]] std::string verdict_table(const Verdict& verdict, std::size_t width);

}  // namespace bench::validate
