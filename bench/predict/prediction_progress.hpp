// Progress messages of a long prediction.
#pragma once

#include <string>

#include "bench/predict/prediction.hpp"

namespace bench::predict {

// A sentence; empty for small heaps, which take a second or two, and at the end. Whether there is
// one depends only on the input; `seconds`, the time of the reloads so far, is used to estimate the
// rest.
[[nodiscard]] std::string progress_sentence(const PredictionStep& step, double seconds);

}  // namespace bench::predict
