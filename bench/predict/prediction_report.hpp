// A prediction as text and as JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "bench/predict/prediction.hpp"
#include "bench/predict/prediction_spec.hpp"

namespace bench::predict {

// One object; ends with a newline.
[[nodiscard]] std::string prediction_json(const Prediction& prediction, const PredictionSpec& spec);

// What will happen and what to do, in lines of at most `width` columns.
[[nodiscard]] std::string prediction_text(const Prediction& prediction, const PredictionSpec& spec,
                                          std::string_view module, std::size_t width);

}  // namespace bench::predict
