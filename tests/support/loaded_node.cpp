#include "tests/support/loaded_node.hpp"

#include <stdexcept>

#include "engine/literal/load_image.hpp"

namespace beam_test {

using namespace beam;

Term LoadedNode::literal(std::size_t index) {
  return placed_term(image.literals[index], image, module().current.literals, node.literals());
}

Process& LoadedNode::spawn_holder(std::size_t index, ProcessOptions options) {
  Process& process = spawn(options);
  if (!process.push(literal(index))) throw std::runtime_error("no room for a literal");
  return process;
}

std::string LoadedNode::damage() {
  for (std::size_t i = 0; i < node.processes().size(); ++i) {
    std::string found = beam_test::damage(node.processes()[i], &node.literals());
    if (!found.empty()) return found;
  }
  return "";
}

}  // namespace beam_test
