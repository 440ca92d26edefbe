#include <string>
#include <utility>
#include <vector>

#include "allocators/sha256.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST_CASE("the hash of the standard's examples is the standard's") {
  CHECK(allocators::sha256(bytes_of("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(allocators::sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

// Lengths on either side of where the padding needs another block.
TEST_CASE("the hash of so many a's is what sha256sum says") {
  const std::vector<std::pair<std::size_t, const char*>> known = {
      {0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {1, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"},
      {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
      {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
      {57, "f13b2d724659eb3bf47f2dd6af1accc87b81f09f59f2b75e5c0bed6589dfe8c6"},
      {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
      {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
      {65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
      {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
      {120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
      {128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"},
      {1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& [count, hash] : known) {
    INFO(count);
    CHECK(allocators::sha256(bytes_of(std::string(count, 'a'))) == hash);
  }
}

TEST_CASE("bytes that are added in parts hash as in one") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>(i * 7);
  for (std::size_t part = 1; part < text.size(); ++part) {
    allocators::Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += part)
      hash.add(bytes_of(text.substr(at, part)));
    CHECK(hash.hexadecimal() == allocators::sha256(bytes_of(text)));
  }
}

TEST_CASE("a file has the hash of its contents, and what cannot be read has none") {
  const TemporaryDirectory directory;
  const std::string text(200'000, 'x');
  CHECK(allocators::sha256_of_file(directory.write("file", text)) ==
        allocators::sha256(bytes_of(text)));
  CHECK(allocators::sha256_of_file(directory.path() / "nosuch").empty());
  CHECK(allocators::sha256_of_file(directory.path()).empty());
}

}  // namespace
