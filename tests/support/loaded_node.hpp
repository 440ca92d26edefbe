// A node with one module, and processes that hold its literals.
#pragma once

#include <cstddef>
#include <string>

#include "engine/node/node.hpp"
#include "tests/support/images.hpp"
#include "tests/support/test_memory.hpp"

namespace beam_test {

// The module has 10 literals of 8 words in an area of 98; every load() is one more version of it.
class LoadedNode {
 public:
  static constexpr beam::Term kName = beam::make_atom(7);

  LoadedNode() { load(); }

  void load() { must(node.load(kName, image)); }
  [[nodiscard]] beam::Module& module() { return *node.code().find(kName); }
  // Of the current version.
  [[nodiscard]] beam::Term literal(std::size_t index);

  beam::Process& spawn(beam::ProcessOptions options = {}) {
    return *must(node.spawn(memory.blocks, options));
  }
  // A process that holds literal `index` of the current version on its stack.
  beam::Process& spawn_holder(std::size_t index, beam::ProcessOptions options = {});

  // What the heap verifier finds broken in any process.
  [[nodiscard]] std::string damage();

  beam::AreaImage image = records_image(10, 2, 98);
  TestMemory memory;
  beam::Node node = must(
      beam::Node::create({.literal_space_bytes = std::size_t{1} << 24, .max_processes = 1000}));
};

}  // namespace beam_test
