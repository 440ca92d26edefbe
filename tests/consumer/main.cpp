// One purge with the installed library: a process keeps one record of 28 words out of a module of
// 10,000; the module is reloaded and its old version purged. Prints what the process's heap was and
// what it became, in words. The program exits with 1 where that is not what OTP 25 does.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <engine/heap/malloc_blocks.hpp>
#include <engine/node/node.hpp>
#include <engine/purge/registry.hpp>
#include <engine/term/area_image.hpp>
#include <engine/term/header.hpp>
#include <utility>

namespace {

constexpr std::size_t kRecords = 10000;
constexpr std::size_t kRecordWords = 28;  // a header and 27 elements

// The literals of the module: {0,0,..}, {1,1,..}, ...
beam::Result<beam::AreaImage> make_module() {
  auto words = beam::WordArena::reserve(kRecords * kRecordWords);
  if (!words) return words.error();
  beam::AreaImage image;
  image.words = std::move(words).value();
  for (std::size_t i = 0; i < kRecords; ++i) {
    beam::Word* record = image.words.allocate(kRecordWords);
    record[0] = beam::make_header(kRecordWords - 1, beam::Subtag::kTuple);
    for (std::size_t k = 1; k < kRecordWords; ++k) {
      record[k] = beam::make_small(static_cast<std::int64_t>(i)).word;
    }
  }
  image.static_words = image.words.used();
  return image;
}

// Total heap words of the holder before and after the purge.
beam::Result<std::pair<std::size_t, std::size_t>> reload_and_purge() {
  const auto image = make_module();
  if (!image) return image.error();
  beam::MallocBlocks blocks;  // outlives the node
  auto node = beam::Node::create();
  if (!node) return node.error();
  const beam::Term config = beam::make_atom(1);

  const auto loaded = node.value().load(config, image.value());
  const auto holder = node.value().spawn(blocks);
  if (!loaded || !holder) return (loaded ? holder.error() : loaded.error());
  beam::Process& process = *holder.value();
  const std::size_t before = process.total_heap_words();
  if (!process.push(beam::make_boxed(loaded.value()->current.literals.start))) {
    return beam::Error{"the stack is full"};
  }

  const auto reloaded = node.value().load(config, image.value());
  if (!reloaded) return reloaded.error();
  beam::PurgeObserver nobody;
  const auto purged = node.value().purge(config, *beam::find_strategy("otp"), blocks, nobody);
  if (!purged) return purged.error();
  return std::pair{before, process.total_heap_words()};
}

}  // namespace

int main() {
  const auto heap = reload_and_purge();
  if (!heap) {
    std::fprintf(stderr, "%s\n", heap.error().what);
    return 1;
  }
  const auto [before, after] = heap.value();
  std::printf(
      "one process, one record of %zu words: %zu words of heap before the purge, %zu after\n",
      kRecordWords, before, after);
  return before == 233 && after == 318420 ? 0 : 1;
}
