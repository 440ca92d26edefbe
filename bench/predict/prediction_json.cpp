#include <nlohmann/json.hpp>

#include "bench/predict/mitigation_words.hpp"
#include "bench/predict/prediction_report.hpp"

namespace bench::predict {

namespace {

using Json = nlohmann::ordered_json;

Json mitigation_json(const MitigationFigures& mitigation) {
  return {{"name", mitigation_name(mitigation.mitigation)},
          {"reserved_bytes", mitigation.figures.after.reserved},
          {"peak_bytes", mitigation.figures.peak.touched},
          {"heap_words_after", mitigation.figures.heap_words_after},
          {"killed", mitigation.figures.killed}};
}

}  // namespace

std::string prediction_json(const Prediction& prediction, const PredictionSpec& spec) {
  const ReloadFigures& figures = prediction.figures;
  Json object = {{"strategy", spec.strategy.name},
                 {"area_words", prediction.area_words},
                 {"old_block_words", prediction.old_block_words},
                 {"heap_words_before", figures.heap_words_before},
                 {"heap_words_after", figures.heap_words_after},
                 {"reserved_bytes", figures.after.reserved},
                 {"resident_bytes", figures.after.touched},
                 {"peak_bytes", figures.peak.touched},
                 {"killed", figures.killed},
                 {"mitigations", Json::array()}};
  for (const MitigationFigures& each : prediction.mitigations) {
    object["mitigations"].push_back(mitigation_json(each));
  }
  return object.dump(2) + "\n";
}

}  // namespace bench::predict
