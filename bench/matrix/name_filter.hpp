// --benchmark_filter, with Google Benchmark's meaning: an extended POSIX expression that may match
// anywhere in a name; a leading '-' inverts it; "all" and "" match everything.
#pragma once

#include <memory>
#include <regex.h>
#include <string>

#include "bench/base/outcome.hpp"

namespace bench::matrix {

class NameFilter {
 public:
  // A failure says what is wrong with the expression.
  [[nodiscard]] static Outcome<NameFilter> parse(std::string expression);

  [[nodiscard]] bool matches(const std::string& name) const;

 private:
  struct Free {
    void operator()(regex_t* regex) const noexcept;
  };

  std::unique_ptr<regex_t, Free> regex_;
  bool inverted_ = false;
};

}  // namespace bench::matrix
