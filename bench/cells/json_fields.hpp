// Structs as flat JSON objects. A struct's fields are listed once, by a function that calls
// `field(key, member)` for each; FieldWriter and FieldReader are such functions.
//
// A Spread is written as its value, with `_min` and `_max` added if the processes differ. Settled
// readings are written as the last one's bytes; several add a key `_<ms>` each; for a single one
// the ms are not written. An empty optional is null. A double that is not finite is written as 0,
// since JSON has no such number.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "bench/cells/cell_result.hpp"

namespace bench::cells {

class FieldWriter {
 public:
  explicit FieldWriter(nlohmann::ordered_json& object) : object_(object) {}

  template <class T>
  void operator()(const std::string& key, const T& value) {
    object_[key] = value;
  }
  void operator()(const std::string& key, double value) {
    object_[key] = std::isfinite(value) ? value : 0.0;
  }
  void operator()(const std::string& key, const std::optional<std::uint64_t>& value) {
    object_[key] = value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
  }
  void operator()(const std::string& key, const std::map<std::string, std::string>& texts) {
    object_[key] = nlohmann::ordered_json::object();
    for (const auto& [name, text] : texts) object_[key][name] = text;
  }
  void operator()(const std::string& key, const Spread& spread) {
    object_[key] = spread.value;
    if (spread.min == spread.value && spread.max == spread.value) return;
    object_[key + "_min"] = spread.min;
    object_[key + "_max"] = spread.max;
  }
  void operator()(const std::string& key, const std::vector<SettledReading>& readings) {
    object_[key] = readings.empty() ? 0 : readings.back().resident;
    if (readings.size() < 2) return;
    for (const auto& reading : readings) {
      object_[key + "_" + std::to_string(reading.settle_ms)] = reading.resident;
    }
  }

 private:
  nlohmann::ordered_json& object_;
};

// Whether an object must have every key that is read, or only those that it has are read.
enum class Keys { kAll, kAny };

// Fields whose key is missing or whose value has the wrong type are left unchanged; the first such
// key is remembered.
class FieldReader {
 public:
  explicit FieldReader(const nlohmann::json& object, Keys keys = Keys::kAll)
      : object_(object), keys_(keys) {}

  [[nodiscard]] bool ok() const { return bad_key_.empty(); }
  [[nodiscard]] const std::string& bad_key() const { return bad_key_; }
  [[nodiscard]] bool has(const std::string& key) const { return object_.contains(key); }

  void operator()(const std::string& key, std::string& value) {
    if (const auto* at = expect(key, &nlohmann::json::is_string)) value = at->get<std::string>();
  }
  void operator()(const std::string& key, bool& value) {
    if (const auto* at = expect(key, &nlohmann::json::is_boolean)) value = at->get<bool>();
  }
  void operator()(const std::string& key, std::uint64_t& value) {
    if (const auto* at = expect(key, &nlohmann::json::is_number_unsigned)) {
      value = at->get<std::uint64_t>();
    }
  }
  void operator()(const std::string& key, double& value) {
    if (const auto* at = expect(key, &nlohmann::json::is_number)) value = at->get<double>();
  }
  template <class T>
  void operator()(const std::string& key, std::optional<T>& value) {
    value.reset();
    const auto at = object_.find(key);
    const bool none = at == object_.end() ? keys_ == Keys::kAny : at->is_null();
    if (!none) (*this)(key, value.emplace());
  }
  void operator()(const std::string& key, std::map<std::string, std::string>& texts) {
    const auto* at = expect(key, &nlohmann::json::is_object);
    if (at == nullptr) return;
    texts.clear();
    for (const auto& [name, text] : at->items()) {
      if (!text.is_string()) return refuse(key);
      texts[name] = text.get<std::string>();
    }
  }
  void operator()(const std::string& key, Spread& spread) {
    (*this)(key, spread.value);
    spread.min = spread.max = spread.value;
    if (has(key + "_min")) (*this)(key + "_min", spread.min);
    if (has(key + "_max")) (*this)(key + "_max", spread.max);
  }
  void operator()(const std::string& key, std::vector<std::uint64_t>& values) {
    const auto* at = expect(key, &nlohmann::json::is_array);
    if (at == nullptr) return;
    values.clear();
    for (const auto& item : *at) {
      if (!item.is_number_unsigned()) return refuse(key);
      values.push_back(item.get<std::uint64_t>());
    }
  }
  // Several are returned in the order of their times.
  void operator()(const std::string& key, std::vector<SettledReading>& readings) {
    readings.assign(1, {});
    (*this)(key, readings.front().resident);
    std::vector<SettledReading> several;
    for (const auto& [name, value] : object_.items()) {
      const auto ms = number_after(name, key + "_");
      if (ms && value.is_number_unsigned()) several.push_back({*ms, value.get<std::uint64_t>()});
    }
    if (several.empty()) return;
    std::ranges::sort(several, {}, &SettledReading::settle_ms);
    readings = std::move(several);
  }

 private:
  using Check = bool (nlohmann::json::*)() const noexcept;

  const nlohmann::json* expect(const std::string& key, Check has_type) {
    const auto at = object_.find(key);
    if (at == object_.end() && keys_ == Keys::kAny) return nullptr;
    if (at != object_.end() && ((*at).*has_type)()) return &*at;
    refuse(key);
    return nullptr;
  }
  static std::optional<std::uint64_t> number_after(const std::string& name,
                                                   const std::string& prefix) {
    if (!name.starts_with(prefix)) return std::nullopt;
    std::uint64_t number = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + prefix.size(), end, number);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    return number;
  }
  void refuse(const std::string& key) {
    if (bad_key_.empty()) bad_key_ = key;
  }

  const nlohmann::json& object_;
  Keys keys_;
  std::string bad_key_;
};

}  // namespace bench::cells
