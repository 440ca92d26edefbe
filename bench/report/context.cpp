#include "bench/report/context.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <gnu/libc-version.h>
#include <string_view>
#include <sys/utsname.h>
#include <unistd.h>

#include <CLI/Version.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "allocators/elf_file.hpp"
#include "allocators/environment.hpp"
#include "allocators/tuning.hpp"
#include "bench/build_info.hpp"
#include "bench/report/files.hpp"

namespace bench::report {

namespace {

using Json = nlohmann::ordered_json;

#ifdef NDEBUG
constexpr const char* kLibraryBuildType = "release";
#else
constexpr const char* kLibraryBuildType = "debug";
#endif

// The first line of a file of /proc or /sys; empty if it cannot be read.
std::string first_line(const std::string& path) {
  auto text = read_file(path);
  if (!text) return {};
  return text.value().substr(0, text.value().find('\n'));
}

// The number at the start of `text`, or 0.
std::uint64_t leading_number(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The value after "key :" in the first line that begins with `key`; empty if there is none.
std::string field_of(const std::string& text, std::string_view key) {
  std::size_t at = text.starts_with(key) ? 0 : text.find(fmt::format("\n{}", key));
  if (at == std::string::npos) return {};
  at = text.find_first_not_of(" \t:", at + key.size() + (at == 0 ? 0 : 1));
  if (at == std::string::npos) return {};
  return text.substr(at, text.find('\n', at) - at);
}

std::string file_field(const std::string& path, std::string_view key) {
  const auto text = read_file(path);
  return text ? field_of(text.value(), key) : std::string();
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

// The bracketed word of "always [madvise] never".
std::string bracketed(const std::string& line) {
  const std::size_t open = line.find('[');
  const std::size_t close = line.find(']');
  if (open == std::string::npos || close == std::string::npos) return line;
  return line.substr(open + 1, close - open - 1);
}

// RFC 3339 in UTC.
std::string date_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}+00:00", fmt::gmtime(std::time(nullptr)));
}

std::uint64_t mhz_per_cpu() {
  const std::string khz = first_line("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
  if (!khz.empty()) return leading_number(khz) / 1000;
  return leading_number(file_field("/proc/cpuinfo", "cpu MHz"));
}

bool cpu_scaling_enabled() {
  const std::string governor = first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  return !governor.empty() && governor != "performance";
}

// "00000000,00000003" is two processors.
int bits_of_mask(const std::string& mask) {
  int bits = 0;
  for (const char digit : mask) {
    unsigned value = 0;
    if (std::from_chars(&digit, &digit + 1, value, 16).ec == std::errc()) {
      bits += std::popcount(value);
    }
  }
  return bits;
}

// "512K" as bytes.
std::uint64_t cache_bytes(const std::string& size) {
  const std::uint64_t number = leading_number(size);
  if (size.ends_with('K')) return number << 10U;
  return size.ends_with('M') ? number << 20U : number;
}

Json caches() {
  Json all = Json::array();
  for (int index = 0;; ++index) {
    const auto dir = fmt::format("/sys/devices/system/cpu/cpu0/cache/index{}/", index);
    const std::string type = first_line(dir + "type");
    if (type.empty()) return all;
    all.push_back({{"type", type},
                   {"level", leading_number(first_line(dir + "level"))},
                   {"size", cache_bytes(first_line(dir + "size"))},
                   {"num_sharing", bits_of_mask(first_line(dir + "shared_cpu_map"))}});
  }
}

Json load_avg() {
  Json loads = Json::array();
  std::array<double, 3> values = {};
  const int count = getloadavg(values.data(), static_cast<int>(values.size()));
  for (int i = 0; i < count; ++i) loads.push_back(values[static_cast<std::size_t>(i)]);
  return loads;
}

// The keys of Google Benchmark's context.
void add_google_keys(Json& context, const utsname& system, const std::string& executable) {
  context["date"] = date_now();
  context["host_name"] = system.nodename;
  context["executable"] = executable;
  context["num_cpus"] = sysconf(_SC_NPROCESSORS_ONLN);
  context["mhz_per_cpu"] = mhz_per_cpu();
  context["cpu_scaling_enabled"] = cpu_scaling_enabled();
  context["caches"] = caches();
  context["load_avg"] = load_avg();
  context["library_build_type"] = kLibraryBuildType;
  context["json_schema_version"] = 1;
}

void add_system(Json& context, const utsname& system) {
  const std::string huge_pages = first_line("/sys/kernel/mm/transparent_hugepage/enabled");
  const std::string memory = file_field("/proc/meminfo", "MemTotal");
  const std::string overcommit = first_line("/proc/sys/vm/overcommit_memory");
  context["cpu_model"] = text_or_null(file_field("/proc/cpuinfo", "model name"));
  context["architecture"] = system.machine;
  context["kernel"] = fmt::format("{} {}", system.sysname, system.release);
  context["thp"] = text_or_null(bracketed(huge_pages));
  context["overcommit_memory"] = text_or_null(overcommit);
  context["page_bytes"] = sysconf(_SC_PAGESIZE);
  context["memory_bytes"] = leading_number(memory) << 10U;
}

void add_build(Json& context) {
  context["purgebench_version"] = build_info::kVersion;
  context["commit"] = build_info::kCommit;
  context["dirty"] = build_info::kDirty;
  context["compiler"] = build_info::kCompiler;
  context["flags"] = build_info::kFlags;
  context["build_type"] = build_info::kBuildType;
  context["library_versions"] = {
      {"fmt",
       fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
      {"nlohmann_json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR,
                                    NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
      {"CLI11", CLI11_VERSION},
      {"zlib", ZLIB_VERSION},
      {"libc", gnu_get_libc_version()}};
}

// Read once: the file may be replaced while this runs.
const std::string& program_identity() {
  static const std::string kIdentity = ::allocators::library_identity("/proc/self/exe");
  return kIdentity;
}

}  // namespace

std::string context_json(std::span<const std::string> command_line) {
  utsname system = {};
  uname(&system);
  Json context;
  add_google_keys(context, system, command_line.empty() ? "" : command_line.front());
  add_system(context, system);
  add_build(context);
  context["command_line"] = Json::array();
  for (const auto& argument : command_line) context["command_line"].push_back(argument);
  return context.dump(2, ' ', false, Json::error_handler_t::replace);
}

cells::Provenance provenance_here() {
  utsname system = {};
  uname(&system);
  Json facts;
  add_system(facts, system);
  const auto text = [&](const char* key) {
    return facts[key].is_string() ? facts[key].get<std::string>() : std::string();
  };
  return {.commit = std::string(build_info::kCommit),
          .dirty = build_info::kDirty,
          .program_build_id = program_identity(),
          .host_name = system.nodename,
          .cpu_model = text("cpu_model"),
          .kernel = text("kernel"),
          .system_thp = text("thp"),
          .date = date_now()};
}

std::vector<std::pair<std::string, std::string>> provenance() {
  utsname system = {};
  uname(&system);
  Json context;
  add_system(context, system);
  add_build(context);
  context["allocator_env"] = ::allocators::tuning_in(::allocators::current_environment());
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& [key, value] : context.items()) {
    texts.emplace_back(key, value.is_string() ? value.get<std::string>() : value.dump());
  }
  return texts;
}

}  // namespace bench::report
