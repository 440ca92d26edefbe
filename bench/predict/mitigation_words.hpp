// Texts for mitigations: name, what to do, and what it costs.
#pragma once

#include <string>
#include <string_view>

#include "bench/predict/prediction.hpp"

namespace bench::predict {

// The name in JSON.
[[nodiscard]] std::string_view mitigation_name(Mitigation mitigation) noexcept;

// The name in a table, at most 20 columns.
[[nodiscard]] std::string_view mitigation_title(Mitigation mitigation) noexcept;

// What to do and what it costs, in sentences.
[[nodiscard]] std::string mitigation_advice(const MitigationFigures& mitigation,
                                            const Prediction& prediction);

}  // namespace bench::predict
