// What is known of one allocator: its name, where its library is, how to ask that library
// its version and its statistics, and how to ask it to give memory back. One file and one registry
// line each.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "allocators/statistics.hpp"

namespace allocators {

class LoadedLibrary;

// One environment variable of a tuned variant.
struct Knob {
  std::string_view variable;
  std::string_view value;
};

// How an option of a library is given, by its name in small letters.
struct Options {
  // The variable that has all of them, or, where `separator` is 0, what the variable of each begins
  // with, its name in capitals behind it. Empty: the library has none.
  std::string_view variable = {};
  std::string_view prefix = {};  // of an option's name in that variable
  char assign = '=';             // between a name and its value
  char separator = 0;
  std::string_view first = {};  // goes before all options
};

// "VAR=VALUE" as typed behind an allocator's name (tuning.hpp).
struct Setting {
  std::string name;
  std::string value;

  friend bool operator==(const Setting&, const Setting&) = default;
};

struct Preset {
  std::string_view name;
  std::string_view summary;
  std::span<const Knob> knobs;
};

// "Give back to the kernel what you do not need", bound to the library that serves this process.
// Calling it allocates nothing.
class GiveBack {
 public:
  using Call = void (*)(void* symbol) noexcept;

  // Does nothing: the library has no such function.
  GiveBack() = default;
  GiveBack(Call call, void* symbol) noexcept : call_(call), symbol_(symbol) {}

  void operator()() const noexcept {
    if (call_ != nullptr) call_(symbol_);
  }
  [[nodiscard]] bool exists() const noexcept { return call_ != nullptr; }

 private:
  Call call_ = nullptr;
  void* symbol_ = nullptr;
};

enum class Delivery {
  kPreloaded,  // its library is put before all others by LD_PRELOAD
  kBuiltIn,    // serves every process already
};

struct Allocator {
  std::string_view name;
  std::string_view alias;  // empty: none
  std::string_view summary;
  Delivery delivery = Delivery::kPreloaded;
  // File names the loader knows the library by, the preferred first.
  std::span<const std::string_view> sonames = {};
  // Where packages put it that no loader configuration names: shell patterns of files, of which the
  // newest version is taken. Asked when no directory of the loader has a soname.
  std::span<const std::string_view> files = {};
  // Debian packages that contain it, newest release first.
  std::span<const std::string_view> packages = {};
  // Environment variables that tune it begin so.
  std::span<const std::string_view> knob_prefixes = {};
  Options options = {};
  std::span<const Preset> presets = {};

  // Asked of the library that serves this process; null where it has no such function. The version
  // is empty when the library turns out not to export it.
  std::string (*exported_version)(const LoadedLibrary&) = nullptr;
  GiveBack (*give_back)(const LoadedLibrary&) = nullptr;
  StatisticsReader (*statistics)(const LoadedLibrary&) = nullptr;
};

}  // namespace allocators
