// Arbitrary bytes as .beam files: an error, or a module whose image is sound.
//
// Input that does not begin like a file is cut into the contents of four chunks, by four sizes of
// two bytes, and a container is made around them: mutations then reach what is behind the sizes.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "engine/beam_file/beam_module.hpp"
#include "tests/support/image_check.hpp"

namespace {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

constexpr beam::BeamLimits kLimits{
    std::size_t{1} << 20, {std::size_t{1} << 18, std::size_t{1} << 18, std::size_t{1} << 20}};

constexpr std::array<std::string_view, 4> kCutChunks = {"AtU8", "Code", "LitT", "Line"};

void append_u32(Bytes& to, std::size_t value) {
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    to.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
  }
}

void append_chunk(Bytes& to, std::string_view id, View data) {
  to.insert(to.end(), id.begin(), id.end());
  append_u32(to, data.size());
  to.insert(to.end(), data.begin(), data.end());
  to.resize((to.size() + 3) / 4 * 4);
}

// `input` has the sizes.
Bytes assemble(View input) {
  constexpr std::array<std::uint8_t, 4> kNone{};
  Bytes chunks = {'B', 'E', 'A', 'M'};
  View rest = input.subspan(2 * kCutChunks.size());
  for (std::size_t i = 0; i < kCutChunks.size(); ++i) {
    const std::size_t wanted = (std::size_t{input[2 * i]} << 8) | input[2 * i + 1];
    const std::size_t size = std::min(wanted, rest.size());
    append_chunk(chunks, kCutChunks[i], rest.first(size));
    rest = rest.subspan(size);
  }
  append_chunk(chunks, "ImpT", kNone);
  append_chunk(chunks, "ExpT", kNone);
  Bytes file;
  append_chunk(file, "FOR1", chunks);
  return file;
}

bool begins_like_file(View input) {
  const bool container = input.size() >= 4 &&
                         std::string_view(reinterpret_cast<const char*>(input.data()), 4) == "FOR1";
  return container || input[0] == 0x1F;
}

void check(View file) {
  beam::AtomTable atoms;
  const auto module = beam::read_beam(file, atoms, kLimits);
  if (module && beam_test::damage_of(module.value()) != nullptr) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const View input(data, size);
  if (size < 2 * kCutChunks.size() || begins_like_file(input)) {
    check(input);
  } else {
    check(assemble(input));
  }
  return 0;
}
