#include "bench/predict/prediction_progress.hpp"

#include <cmath>

#include <fmt/format.h>

#include "bench/report/units.hpp"

namespace bench::predict {

namespace {

// With heaps of this size a reload takes about half a second to build, collect, scan and verify.
constexpr std::uint64_t kMuchBytes = std::uint64_t{128} << 20;

}  // namespace

std::string progress_sentence(const PredictionStep& step, double seconds) {
  if (step.heap_bytes < kMuchBytes || step.done == step.reloads) return {};
  if (step.done == 0) {
    return fmt::format("running {} reloads in the model, each with {} of live heaps", step.reloads,
                       report::format_bytes(static_cast<double>(step.heap_bytes)));
  }
  const double each = seconds / static_cast<double>(step.done);
  return fmt::format("{} of {} reloads run, about {:.0f} s to go", step.done, step.reloads,
                     std::ceil(each * static_cast<double>(step.reloads - step.done)));
}

}  // namespace bench::predict
