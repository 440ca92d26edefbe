#include "bench/validate/report.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"

namespace bench::validate {
namespace {

using Json = nlohmann::ordered_json;

// Programs with the same name prefix.
struct Group {
  std::string name;
  std::size_t programs = 0;
  std::size_t values = 0;
  std::size_t differences = 0;
};

std::string group_of(const std::string& name) {
  const std::size_t slash = name.find('/');
  if (slash != std::string::npos) return name.substr(0, slash);
  const std::size_t colon = name.find(':');
  return colon == std::string::npos ? name : "random " + name.substr(0, colon);
}

std::vector<Group> groups_of(std::span<const Comparison> comparisons) {
  std::vector<Group> groups;
  for (const Comparison& comparison : comparisons) {
    const std::string name = group_of(comparison.name);
    auto group = std::ranges::find(groups, name, &Group::name);
    if (group == groups.end()) group = groups.insert(group, Group{name});
    ++group->programs;
    group->values += comparison.checks.size();
    group->differences += comparison.differences();
  }
  return groups;
}

std::string counterexample_text(const Counterexample& example, std::size_t width) {
  std::string text =
      fmt::format("\n{} differs. In its smallest form (purgebench validate --program "
                  "FILE runs it again):\n",
                  report::printable(example.program.name));
  text = report::wrapped(text, width) + program_text(example.program) + "\n";
  report::TextTable table(
      {{"step", report::Align::kLeft}, {"quantity", report::Align::kLeft}, {"real"}, {"model"}});
  for (const Check& check : example.comparison.checks) {
    if (check.equal()) continue;
    table.add_row({report::printable(check.name.substr(example.program.name.size() + 2)),
                   check.quantity, report::format_count(check.real),
                   report::format_count(check.model)});
  }
  return text + table.render(width);
}

bool has_counterexample(const Verdict& verdict, const Comparison& comparison) {
  return std::ranges::any_of(verdict.counterexamples, [&](const Counterexample& each) {
    return each.program.name == comparison.name;
  });
}

// Differences not shown below: the first value of each program. Empty if none.
std::string other_differences(const Verdict& verdict, std::size_t width) {
  constexpr std::size_t kMostRows = 20;
  report::TextTable table(
      {{"differs", report::Align::kLeft}, {"quantity", report::Align::kLeft}, {"real"}, {"model"}});
  std::size_t rows = 0;
  for (const Comparison& comparison : verdict.comparisons) {
    if (has_counterexample(verdict, comparison)) continue;
    const auto check = std::ranges::find_if_not(comparison.checks, &Check::equal);
    if (check == comparison.checks.end() || ++rows > kMostRows) continue;
    table.add_row({report::printable(check->name), check->quantity,
                   report::format_count(check->real), report::format_count(check->model)});
  }
  if (rows == 0) return "";
  const std::string more =
      rows > kMostRows ? fmt::format("and {} more\n", report::format_count(rows - kMostRows)) : "";
  return "\n" + table.render(width) + more;
}

// A sentence with the number of values compared with bounds. Empty if none.
std::string bounded_values(const Verdict& verdict) {
  std::size_t count = 0;
  for (const Comparison& comparison : verdict.comparisons) {
    count +=
        static_cast<std::size_t>(std::ranges::count_if(comparison.checks, [](const Check& check) {
          return check.relation != Check::Relation::kEqual;
        }));
  }
  if (count == 0) return "";
  return fmt::format(" {} values are not fixed by the runtime (areas with maps of more than 32 "
                     "atom keys) and are held to bounds.",
                     report::format_count(count));
}

}  // namespace

std::size_t Verdict::differences() const noexcept {
  std::size_t sum = 0;
  for (const Comparison& comparison : comparisons) sum += comparison.differences();
  return sum;
}

std::string verdict_json(const Verdict& verdict) {
  Json checks = Json::array();
  for (const Comparison& comparison : verdict.comparisons) {
    for (const Check& check : comparison.checks) {
      checks.push_back({{"name", check.name},
                        {"quantity", check.quantity},
                        {"real", check.real},
                        {"model", check.model},
                        {"equal", check.equal()}});
    }
  }
  const Json all = {{"erl", verdict.erl},
                    {"otp_release", verdict.release},
                    {"checks", checks},
                    {"differences", verdict.differences()}};
  return all.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string verdict_table(const Verdict& verdict, std::size_t width) {
  report::TextTable table({{"programs", report::Align::kLeft}, {"run"}, {"values"}, {"different"}});
  Group all{"all"};
  for (const Group& group : groups_of(verdict.comparisons)) {
    table.add_row({report::printable(group.name), report::format_count(group.programs),
                   report::format_count(group.values), report::format_count(group.differences)});
    all.programs += group.programs;
    all.values += group.values;
    all.differences += group.differences;
  }
  table.add_row({all.name, report::format_count(all.programs), report::format_count(all.values),
                 report::format_count(all.differences)});
  std::string text =
      table.render(width) + "\n" +
      report::wrapped(fmt::format("Heaps of {} (OTP {}) beside those of the model, after "
                                  "every step of every program.{}",
                                  report::printable(verdict.erl), verdict.release,
                                  bounded_values(verdict)),
                      width);
  text += other_differences(verdict, width);
  for (const Counterexample& each : verdict.counterexamples)
    text += counterexample_text(each, width);
  return text;
}

}  // namespace bench::validate
