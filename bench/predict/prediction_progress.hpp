// What is said of a prediction that takes long, while it runs.
#pragma once

#include <string>

#include "bench/predict/prediction.hpp"

namespace bench::predict {

// A sentence, or nothing: for small heaps, which take a second or two, and at the end. Whether
// there is one depends on the question alone; `seconds` is what the reloads took so far, from which
// it says how long the others take.
[[nodiscard]] std::string progress_sentence(const PredictionStep& step, double seconds);

}  // namespace bench::predict
