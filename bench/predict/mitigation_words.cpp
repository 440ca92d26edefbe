#include "bench/predict/mitigation_words.hpp"

#include <fmt/format.h>

#include "bench/report/units.hpp"
#include "engine/heap/block_sizes.hpp"

namespace bench::predict {

std::string_view mitigation_name(Mitigation mitigation) noexcept {
  switch (mitigation) {
    case Mitigation::kHoldScalars:
      return "hold_scalars";
    case Mitigation::kEtsCopies:
      return "ets_copies";
    case Mitigation::kPersistentTerms:
      return "persistent_terms";
    case Mitigation::kSplitModule:
      return "split_module";
    case Mitigation::kHibernate:
      return "hibernate";
    case Mitigation::kCollectAfter:
      return "collect_after_purge";
  }
  return "";
}

std::string_view mitigation_title(Mitigation mitigation) noexcept {
  switch (mitigation) {
    case Mitigation::kHoldScalars:
      return "hold keys only";
    case Mitigation::kEtsCopies:
      return "copies out of ETS";
    case Mitigation::kPersistentTerms:
      return "persistent terms";
    case Mitigation::kSplitModule:
      return "a split module";
    case Mitigation::kHibernate:
      return "hibernate";
    case Mitigation::kCollectAfter:
      return "collect afterwards";
  }
  return "";
}

std::string mitigation_advice(const MitigationFigures& mitigation, const Prediction& prediction) {
  switch (mitigation.mitigation) {
    case Mitigation::kHoldScalars:
      return "Keep the key in process state and ask the module for the record when it is needed. "
             "The purge then finds nothing to copy. Costs a function call for each use, and a "
             "record must not be kept from one message to the next.";
    case Mitigation::kEtsCopies:
      return fmt::format(
          "Keep the data in an ETS table and what ets:lookup/2 returns in process "
          "state. Costs a copy on every lookup ({} words here{}), and changed "
          "data reaches a holder only when it looks again.",
          report::format_count(prediction.held_words),
          prediction.held_words_min == prediction.held_words_max ? "" : ", of the first holder");
    case Mitigation::kPersistentTerms:
      return fmt::format(
          "Put each record under a key of its own with persistent_term:put/2; equal puts are free. "
          "Each key that does change is a purge of its own: every process of the node is scanned, "
          "and holders of that key are collected and get an old heap of at most {} words. {} of {} "
          "keys changed here, one after the other.",
          report::format_count(beam::next_block_words(mitigation.figures.area_words)),
          report::format_count(mitigation.figures.purges),
          report::format_count(prediction.literals));
    case Mitigation::kSplitModule:
      return fmt::format(
          "Generate {} modules in place of one, and reload only those that changed. "
          "Each purge then gives a holder an old heap for its own part (at most {} words), "
          "and only if it holds some of it. Costs a purge for each module.",
          report::format_count(mitigation.figures.purges),
          report::format_count(mitigation.figures.area_words));
    case Mitigation::kHibernate:
      return "Have holders hibernate before the purge (erlang:hibernate/3, or hibernate as the "
             "last "
             "element of what a callback returns). Each still gets the large old heap while it is "
             "purged, and is rid of it at once. Costs two full collections in the purge, and one "
             "when the process wakes.";
    case Mitigation::kCollectAfter:
      return "Call erlang:garbage_collect/1 on every holder when the purge is done. No code has to "
             "change, but the spike still happens first, and so do kills; costs one more full "
             "collection of each holder.";
  }
  return {};
}

}  // namespace bench::predict
