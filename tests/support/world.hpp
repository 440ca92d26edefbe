// Processes for random programs: each with its memory, its payloads and a mutator, all holding
// literals of one space.
#pragma once

#include <vector>

#include "tests/support/images.hpp"
#include "tests/support/mutator.hpp"
#include "tests/support/roots.hpp"
#include "tests/support/test_memory.hpp"

namespace beam_test {

// An image with a literal of every kind; it can be loaded several times into one space.
class LiteralSupply {
 public:
  LiteralSupply();
  LiteralSupply(const LiteralSupply&) = delete;
  LiteralSupply& operator=(const LiteralSupply&) = delete;
  ~LiteralSupply() = default;

  [[nodiscard]] beam::LiteralSpace& space() noexcept { return space_; }
  [[nodiscard]] const beam::AreaImage& image() const noexcept { return image_; }
  [[nodiscard]] std::vector<beam::Term> terms_of(const LoadedArea& area) const;
  // References to the payloads of the literals, the image's own included.
  [[nodiscard]] std::uint64_t references() const noexcept { return payloads_.references(); }

 private:
  beam::LiteralSpace space_ = test_space();
  Payloads payloads_;
  beam::AreaImage image_;
};

class World {
 public:
  // A heap of this many words never has to be collected for a random program.
  static constexpr std::size_t kBoundless = std::size_t{1} << 20;

  explicit World(LiteralSupply& supply, beam::ProcessOptions options = {}, std::size_t need = 0)
      : supply_(supply),
        area(supply.space(), supply.image()),
        literals_(supply.terms_of(area)),
        process(spawn(memory, options, need, supply.space().range())),
        mutator(process, {&payloads, literals_}) {}
  World(const World&) = delete;
  World& operator=(const World&) = delete;
  ~World() = default;

  // What the verifier finds broken.
  [[nodiscard]] std::string damage() const { return beam_test::damage(process, &supply_.space()); }

 private:
  LiteralSupply& supply_;

 public:
  TestMemory memory;
  Payloads payloads;
  LoadedArea area;

 private:
  std::vector<beam::Term> literals_;

 public:
  beam::Process process;
  Mutator mutator;
};

}  // namespace beam_test
