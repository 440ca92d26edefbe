#include <algorithm>

#include <fmt/format.h>

#include "bench/predict/mitigation_words.hpp"
#include "bench/predict/prediction_report.hpp"
#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"
#include "engine/term/term.hpp"

namespace bench::predict {

namespace {

constexpr std::size_t kIndent = 2;

std::string bytes(std::uint64_t count) { return report::format_bytes(static_cast<double>(count)); }
std::string words_in_bytes(std::uint64_t words) { return bytes(words * beam::kWordBytes); }
std::string words(std::uint64_t count) { return report::format_count(count) + " words"; }

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", report::format_count(count), count == 1 ? one : many);
}

// "29", or "29 to 58" if holders differ.
std::string range(std::uint64_t least, std::uint64_t most) {
  if (least == most) return report::format_count(least);
  return fmt::format("{} to {}", report::format_count(least), report::format_count(most));
}

class Text {
 public:
  Text(const Prediction& prediction, const PredictionSpec& spec, std::size_t width) noexcept
      : prediction_(prediction), spec_(spec), width_(width) {}

  [[nodiscard]] std::string render(std::string_view module) {
    add(fmt::format("{}: what reloading it does, in a model of OTP 25", report::printable(module)));
    text_ += "\n";
    add(cause());
    text_ += "\n" + figures_table().render(width_);
    section(holders_differ() ? "The first holder" : "A holder", of_a_holder());
    section("The node", of_the_node());
    section("Who is killed", of_the_killed());
    section("What to do first", first_advice());
    if (holds_nothing()) return std::move(text_);
    text_ += "\n" + mitigation_table().render(width_);
    add_advice();
    return std::move(text_);
  }

 private:
  void add(std::string_view sentences) { text_ += report::wrapped(sentences, width_); }
  void add_advice();
  void section(std::string_view title, std::string_view sentences) {
    text_ += fmt::format("\n{}\n", title);
    for (const std::string& line : report::wrap(sentences, width_ - kIndent))
      text_ += fmt::format("{:{}}{}\n", "", kIndent, line);
  }

  // By the purge: no holder dies before it.
  [[nodiscard]] bool all_killed() const { return prediction_.figures.killed == spec_.holders; }
  // Holders hold nothing with words in the area.
  [[nodiscard]] bool holds_nothing() const { return prediction_.held_words == 0; }
  // Figures of one holder are the first's; they hold for each only if all hold alike.
  [[nodiscard]] bool holders_differ() const {
    return prediction_.held_words_min != prediction_.held_words_max ||
           prediction_.held_literals_min != prediction_.held_literals_max;
  }
  [[nodiscard]] std::string_view a_holder() const {
    return holders_differ() ? "the first holder" : "a holder";
  }
  [[nodiscard]] bool grows() const {
    return prediction_.figures.after.reserved > prediction_.figures.before.reserved;
  }

  [[nodiscard]] bool is_the_runtimes() const {
    return spec_.strategy.strategy == beam::purge_strategies().front().strategy;
  }
  // Of the strategy, for a holder.
  [[nodiscard]] beam::HolderNeeds needs() const {
    return spec_.strategy.strategy->needs(prediction_.area_words, prediction_.held_words_max);
  }

  [[nodiscard]] std::string cause() const;
  [[nodiscard]] report::TextTable figures_table() const;
  [[nodiscard]] std::string of_a_holder() const;
  [[nodiscard]] std::string of_the_node() const;
  [[nodiscard]] std::string of_the_killed() const;
  [[nodiscard]] std::string first_advice() const;
  [[nodiscard]] std::string best_advice() const;
  [[nodiscard]] std::string no_advice() const;
  [[nodiscard]] std::string warning(const MitigationFigures& mitigation) const;
  [[nodiscard]] report::TextTable mitigation_table() const;

  const Prediction& prediction_;
  const PredictionSpec& spec_;
  std::size_t width_;
  std::string text_;
};

std::string Text::cause() const {
  std::string text = fmt::format(
      "Its literals are one area of {} ({}). {} {} {} {} of it, {} words.",
      words(prediction_.area_words), words_in_bytes(prediction_.area_words),
      counted(spec_.holders, "process", "processes"), spec_.holders == 1 ? "holds" : "each hold",
      range(prediction_.held_literals_min, prediction_.held_literals_max),
      prediction_.held_literals_max == 1 ? "literal" : "literals",
      range(prediction_.held_words_min, prediction_.held_words_max));
  if (prediction_.area_words_min != prediction_.area_words_max) {
    text += fmt::format(
        " (Maps of more than 32 atom keys make the area vary from one run of a VM to the next, "
        "between {} and {} words, and with it what follows.)",
        report::format_count(prediction_.area_words_min),
        report::format_count(prediction_.area_words_max));
  }
  if (!is_the_runtimes()) {
    text += fmt::format(" The purge is by the strategy {}, which no released runtime has: {}.",
                        spec_.strategy.name, spec_.strategy.summary);
  }
  if (!holds_nothing() && needs().kept_words >= prediction_.area_words) {
    text += fmt::format(
        " When the old version is purged, each holder needs an old heap of {} ({}): room for the "
        "whole area, however little it holds.",
        words(prediction_.old_block_words), words_in_bytes(prediction_.old_block_words));
  }
  return text;
}

report::TextTable Text::figures_table() const {
  const ReloadFigures& figures = prediction_.figures;
  report::TextTable table({{"", report::Align::kLeft}, {"before"}, {"after"}, {"at most"}},
                          kIndent);
  table.add_row({holders_differ() ? "the first holder, words" : "one holder, words",
                 report::format_count(figures.heap_words_before),
                 all_killed() ? "killed" : report::format_count(figures.heap_words_after),
                 report::format_count(figures.heap_words_peak)});
  table.add_row({"all holders, reserved", bytes(figures.before.reserved),
                 bytes(figures.after.reserved), bytes(figures.peak.reserved)});
  table.add_row({"all holders, pages touched", bytes(figures.before.touched),
                 bytes(figures.after.touched), bytes(figures.peak.touched)});
  return table;
}

std::string Text::of_a_holder() const {
  const ReloadFigures& figures = prediction_.figures;
  if (all_killed()) return "It does not survive the purge.";
  if (figures.heap_words_after == figures.heap_words_before) {
    return "Its total_heap_size stays as it is.";
  }
  if (spec_.hibernated) {
    return fmt::format("It sleeps. {} Its total_heap_size goes from {} to {}.",
                       is_the_runtimes()
                           ? "The purge collects it, gives it the large old heap, and has it "
                             "hibernate again, which leaves only live data."
                           : "What it has afterwards it keeps until it wakes.",
                       words(figures.heap_words_before), words(figures.heap_words_after));
  }
  return fmt::format(
      "Its total_heap_size goes from {} to {} ({}) and stays there until its next full "
      "collection. A process that has little to do may not have one for days; "
      "erlang:garbage_collect/1 makes it. During the purge it has {} at most{}.",
      words(figures.heap_words_before), words(figures.heap_words_after),
      words_in_bytes(figures.heap_words_after), words_in_bytes(figures.heap_words_peak),
      needs().temporary_words >= prediction_.area_words
          ? ", the temporary copy of the area included"
          : "");
}

std::string Text::of_the_node() const {
  const ReloadFigures& figures = prediction_.figures;
  if (all_killed()) return "All of its holders are gone, and with them what they had.";
  if (!grows()) return "What its holders have reserved does not grow.";
  if (spec_.hibernated) {
    return fmt::format(
        "The holders reserve {} instead of {}; at most {}, of which {} is touched, while one of "
        "them is purged.",
        bytes(figures.after.reserved), bytes(figures.before.reserved), bytes(figures.peak.reserved),
        bytes(figures.peak.touched));
  }
  return fmt::format(
      "The holders reserve {} instead of {}, and that is what total_heap_size, "
      "erlang:memory(processes) and max_heap_size count. The kernel backs what is touched: {} at "
      "most during the purge, {} after it, and more as holders go on to fill their old heaps. An "
      "allocator may back more.",
      bytes(figures.after.reserved), bytes(figures.before.reserved), bytes(figures.peak.touched),
      bytes(figures.after.touched));
}

std::string Text::of_the_killed() const {
  const std::uint64_t least = prediction_.least_max_heap_words;
  const std::uint64_t killed = prediction_.figures.killed;
  if (holds_nothing() && killed == 0) return "Nobody.";
  if (spec_.max_heap_words == 0) {
    return fmt::format("Nobody, as no max_heap_size is set. One below {} would kill {}.",
                       words(least), a_holder());
  }
  const std::string limit = words(spec_.max_heap_words);
  if (killed == 0) {
    return fmt::format("Nobody: max_heap_size is {}, and {} are enough for {}.", limit,
                       report::format_count(least), a_holder());
  }
  return fmt::format("{} of {}: max_heap_size is {}, and {} needs {} to survive.",
                     counted(killed, "holder", "holders"), report::format_count(spec_.holders),
                     limit, a_holder(), words(least));
}

std::string Text::first_advice() const {
  if (holds_nothing()) {
    return "Nothing. What they hold takes no words in the area, so that the purge finds nothing to "
           "copy.";
  }
  const auto& all = prediction_.mitigations;
  const bool any = !all.empty() && is_worth_it(all.front(), prediction_.figures);
  std::string text = any ? best_advice() : no_advice();
  if (all.empty()) return text;
  return text + " Each line is the same reload, run again with that one thing changed; what helps "
                "most comes first, by who is killed, the peak, and what stays reserved.";
}

std::string Text::best_advice() const {
  const auto& all = prediction_.mitigations;
  std::string text =
      fmt::format("Number 1 below ({}), if you can.", mitigation_title(all.front().mitigation));
  const auto collect =
      std::ranges::find(all, Mitigation::kCollectAfter, &MitigationFigures::mitigation);
  const bool later = collect != all.end() && collect != all.begin();
  if (grows() && later && is_worth_it(*collect, prediction_.figures)) {
    text +=
        fmt::format(" Until then, number {} needs no change of code.", collect - all.begin() + 1);
  }
  return text;
}

std::string Text::no_advice() const {
  if (prediction_.figures.killed == 0) return "None of the changes below makes it better.";
  return fmt::format("None of the changes below saves a holder under this max_heap_size. One of {} "
                     "lets {} live.",
                     words(prediction_.least_max_heap_words), holders_differ() ? a_holder() : "it");
}

report::TextTable Text::mitigation_table() const {
  report::TextTable table({{"", report::Align::kLeft},
                           {holders_differ() ? "first holder" : "one holder"},
                           {"reserved after"},
                           {"peak touched"},
                           {"killed"}},
                          kIndent);
  for (std::size_t i = 0; i < prediction_.mitigations.size(); ++i) {
    const MitigationFigures& each = prediction_.mitigations[i];
    const ReloadFigures& figures = each.figures;
    const bool nobody_left = figures.killed == spec_.holders;
    table.add_row({fmt::format("{} {}", i + 1, mitigation_title(each.mitigation)),
                   nobody_left ? "killed" : words(figures.heap_words_after),
                   bytes(figures.after.reserved), bytes(figures.peak.touched),
                   report::format_count(figures.killed)});
  }
  return table;
}

// The text for a mitigation that is not advised, in place of its instructions.
std::string Text::warning(const MitigationFigures& mitigation) const {
  const std::string not_advised =
      fmt::format("Not advised here ({}): ", mitigation_title(mitigation.mitigation));
  const std::uint64_t killed = mitigation.figures.killed;
  const std::uint64_t anyway = prediction_.figures.killed;
  if (killed == 0) return not_advised + "it lowers nothing.";
  return not_advised + fmt::format("it kills {} of {}; doing nothing kills {}.",
                                   counted(killed, "holder", "holders"),
                                   report::format_count(spec_.holders),
                                   killed == anyway ? "as many" : report::format_count(anyway));
}

void Text::add_advice() {
  for (std::size_t i = 0; i < prediction_.mitigations.size(); ++i) {
    const MitigationFigures& each = prediction_.mitigations[i];
    const std::string advice = is_worth_it(each, prediction_.figures)
                                   ? mitigation_advice(each, prediction_)
                                   : warning(each);
    text_ += "\n" + report::wrapped(fmt::format("{:{}}{} {}", "", kIndent, i + 1, advice), width_,
                                    2 * kIndent);
  }
}

}  // namespace

std::string prediction_text(const Prediction& prediction, const PredictionSpec& spec,
                            std::string_view module, std::size_t width) {
  return Text(prediction, spec, width).render(module);
}

}  // namespace bench::predict
