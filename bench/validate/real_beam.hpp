// A real BEAM: finds `erl`, checks its release, and runs programs in it.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bench/base/outcome.hpp"
#include "bench/matrix/interrupts.hpp"
#include "bench/validate/heap_reading.hpp"
#include "bench/validate/model.hpp"
#include "bench/validate/program.hpp"

namespace bench::validate {

// The release that the engine models.
inline constexpr const char* kModelledRelease = "25";

// The observations of some programs.
struct Observed {
  std::vector<std::vector<HeapReading>> readings;  // for each program, for each step
  Modules modules;                                 // as loaded
};

// The area that loading a module makes.
struct ObservedArea {
  ModuleSpec spec;
  std::uint64_t block_bytes = 0;  // of its block
  std::unique_ptr<matrix::ModuleFile> module;
};

class RealBeam {
 public:
  // The `erl` at `path`, or the first on PATH. Failure: not found, it does not start, or it is
  // another release.
  [[nodiscard]] static Outcome<RealBeam> find(const std::optional<std::string>& path,
                                              const matrix::Interrupts& interrupts);

  // Runs the programs one after another in one new node.
  [[nodiscard]] Outcome<Observed> run(std::span<const Program> programs) const;

  // Loads each module separately.
  [[nodiscard]] Outcome<std::vector<ObservedArea>>
  measure_areas(std::span<const ModuleSpec> specs) const;

  [[nodiscard]] const std::string& erl() const noexcept { return erl_; }
  [[nodiscard]] const std::string& release() const noexcept { return release_; }

 private:
  RealBeam(std::string erl, const matrix::Interrupts& interrupts)
      : erl_(std::move(erl)), interrupts_(&interrupts) {}
  // Runs the driver's `function` in `directory`, with `input` as its input file.
  [[nodiscard]] Outcome<Done> drive(const std::filesystem::path& directory,
                                    std::string_view function, std::string_view input) const;
  // The output of `expression`.
  [[nodiscard]] Outcome<std::string> evaluate(const std::string& expression,
                                              std::chrono::seconds timeout) const;

  std::string erl_;
  std::string release_;
  const matrix::Interrupts* interrupts_;
};

}  // namespace bench::validate
