#include "bench/matrix/name_filter.hpp"

#include <array>

namespace bench::matrix {

void NameFilter::Free::operator()(regex_t* regex) const noexcept {
  ::regfree(regex);
  delete regex;
}

Outcome<NameFilter> NameFilter::parse(std::string expression) {
  NameFilter filter;
  if (expression.starts_with('-')) {
    filter.inverted_ = true;
    expression.erase(0, 1);
  }
  const bool everything = expression.empty() || expression == "all";
  auto compiled = std::make_unique<regex_t>();
  const int error =
      ::regcomp(compiled.get(), everything ? "." : expression.c_str(), REG_EXTENDED | REG_NOSUB);
  if (error != 0) {
    std::array<char, 200> text{};
    ::regerror(error, compiled.get(), text.data(), text.size());
    return Failure{"--benchmark_filter '" + expression +
                   "' is no regular expression: " + text.data()};
  }
  filter.regex_.reset(compiled.release());
  return filter;
}

bool NameFilter::matches(const std::string& name) const {
  const bool found = ::regexec(regex_.get(), name.c_str(), 0, nullptr, 0) == 0;
  return found != inverted_;
}

}  // namespace bench::matrix
