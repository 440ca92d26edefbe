#include "bench/matrix/allocator_probe.hpp"

#include "allocators/environment.hpp"
#include "allocators/locate.hpp"
#include "allocators/package.hpp"
#include "allocators/registry.hpp"
#include "bench/matrix/cell_runner.hpp"
#include "bench/matrix/child_process.hpp"
#include "bench/matrix/interrupts.hpp"

namespace bench::matrix {
namespace {

// Generous: starting and verifying takes milliseconds.
constexpr std::chrono::seconds kTimeout(30);

std::string package_of(const ::allocators::Allocator& allocator) {
  const auto installed = ::allocators::installed_package(allocator.packages);
  if (!installed.name.empty()) return installed.name;
  return allocator.packages.empty() ? std::string() : std::string(allocator.packages.front());
}

AllocatorFacts probe(const ::allocators::Allocator& allocator, const Interrupts& interrupts) {
  AllocatorFacts facts;
  facts.allocator = &allocator;
  facts.package = package_of(allocator);
  const ::allocators::Choice choice{&allocator, nullptr, {}};
  const auto library = ::allocators::locate(choice);
  facts.reason = library.reason();
  if (!library) return facts;
  facts.path = library.value();
  const ChildOutcome outcome =
      run_child({.arguments = {kServingCommand, kChildFd, std::string(allocator.name)},
                 .environment = ::allocators::child_environment(
                     choice, facts.path, ::allocators::current_environment()),
                 .timeout = kTimeout},
                interrupts);
  facts.version = outcome.output;
  facts.reason = why_it_failed(outcome, kTimeout);
  return facts;
}

}  // namespace

std::vector<AllocatorFacts> probe_allocators() {
  const Interrupts interrupts;
  std::vector<AllocatorFacts> all;
  for (const auto* const each : ::allocators::registry()) all.push_back(probe(*each, interrupts));
  return all;
}

}  // namespace bench::matrix
