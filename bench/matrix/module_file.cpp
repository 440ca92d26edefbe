#include "bench/matrix/module_file.hpp"

#include <span>
#include <utility>

#include <fmt/format.h>

#include "bench/cells/error_text.hpp"
#include "bench/report/files.hpp"
#include "engine/base/result.hpp"
#include "engine/term/term_words.hpp"

namespace bench::matrix {
namespace {

std::string describe(const std::string& path, const beam::Error& error) {
  return fmt::format("{}: {}", path, cells::error_text(error));
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

Outcome<std::unique_ptr<ModuleFile>> read_module(const std::string& path) {
  BEAM_TRY(const auto text, report::read_file(path));
  auto file = std::make_unique<ModuleFile>();
  auto module = beam::read_beam(bytes_of(text), file->atoms);
  if (!module) return Failure{describe(path, module.error())};
  file->module = std::move(module).value();
  return file;
}

Outcome<std::unique_ptr<cells::Area>> read_module_area(const std::string& path) {
  BEAM_TRY(const auto text, report::read_file(path));
  auto area = cells::build_module_area(bytes_of(text));
  if (!area) return Failure{describe(path, area.error())};
  return std::move(area).value();
}

Outcome<AreaFacts> module_area_facts(const std::string& path) {
  BEAM_TRY(const auto file, read_module(path));
  const beam::AreaImage& image = file->module.image;
  AreaFacts facts{image.area_words(), 0};
  for (const beam::Term literal : image.literals.span()) {
    const auto words = beam::graph_words(literal);
    if (!words) return Failure{describe(path, words.error())};
    facts.holdable_words += words.value();
  }
  return facts;
}

}  // namespace bench::matrix
