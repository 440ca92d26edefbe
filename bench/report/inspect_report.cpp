#include "bench/report/inspect_report.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "bench/report/text_table.hpp"
#include "bench/report/units.hpp"

namespace bench::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kOtpRelease = "25";  // the modelled release
constexpr std::uint64_t kWordBytes = 8;
// An area's block in literal_alloc: 8 bytes of block header and 16 bytes of area header before the
// words, and at least the allocator's smallest block (measured on OTP 25).
constexpr std::uint64_t kBlockOverheadBytes = 24;
constexpr std::uint64_t kSmallestBlockBytes = 56;

bool varies(const InspectRow& row) { return row.area_words_min != row.area_words_max; }

Json row_json(const InspectRow& row) {
  Json object = {{"file", row.file},
                 {"module", row.module},
                 {"otp_release", kOtpRelease},
                 {"compiled_by", row.compiled_by ? Json(*row.compiled_by) : Json()},
                 {"area_words", row.area_words},
                 {"static_words", row.static_words},
                 {"line_words", row.line_words},
                 {"dynamic_words", row.dynamic_words},
                 {"area_bytes", kWordBytes * row.area_words},
                 {"block_bytes", area_block_bytes(row.area_words)},
                 {"literals", row.literals},
                 {"off_heap_bytes", row.off_heap_bytes}};
  if (varies(row)) {
    object["area_words_min"] = row.area_words_min;
    object["area_words_max"] = row.area_words_max;
  }
  return object;
}

std::string area_size(const InspectRow& row) {
  return format_bytes(static_cast<double>(kWordBytes * row.area_words));
}

void add_numbers(TextTable& table, const InspectRow& row) {
  table.add_row({printable(row.module), format_count(row.area_words), area_size(row),
                 format_count(row.static_words), format_count(row.line_words),
                 format_count(row.dynamic_words), format_count(row.literals),
                 format_bytes(static_cast<double>(row.off_heap_bytes))});
}

InspectRow total_of(std::span<const InspectRow> rows) {
  InspectRow total;
  total.module = fmt::format("all {}", rows.size());
  for (const auto& row : rows) {
    total.area_words += row.area_words;
    total.static_words += row.static_words;
    total.line_words += row.line_words;
    total.dynamic_words += row.dynamic_words;
    total.literals += row.literals;
    total.off_heap_bytes += row.off_heap_bytes;
  }
  return total;
}

}  // namespace

std::uint64_t area_block_bytes(std::uint64_t area_words) noexcept {
  return std::max(kSmallestBlockBytes, kBlockOverheadBytes + kWordBytes * area_words);
}

std::string inspect_json(std::span<const InspectRow> rows) {
  Json all = Json::array();
  for (const auto& row : rows) all.push_back(row_json(row));
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string inspect_table(std::span<const InspectRow> rows, std::size_t width) {
  TextTable table({{"module", Align::kLeft},
                   {"area words"},
                   {"bytes"},
                   {"static"},
                   {"line"},
                   {"dynamic"},
                   {"literals"},
                   {"off heap"}});
  for (const auto& row : rows) {
    add_numbers(table, row);
    if (!varies(row)) continue;
    table.add_note("",
                   fmt::format("between {} and {} words, from one run of the VM to the next",
                               format_count(row.area_words_min), format_count(row.area_words_max)));
  }
  if (rows.size() > 1) add_numbers(table, total_of(rows));
  return table.render(width) + "\n" +
         wrapped(
             "Words of 8 bytes as OTP " + std::string(kOtpRelease) +
                 " lays them out. static: literals of the code. line: file names. dynamic: what "
                 "the loader makes. off heap: binaries of more than 64 bytes.",
             width);
}

}  // namespace bench::report
