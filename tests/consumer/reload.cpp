// One purge, and one file that is refused, with the installed library.
#include "reload.hpp"

#include <cstddef>
#include <cstdint>
#include <engine/beam_file/beam_module.hpp>
#include <engine/heap/malloc_blocks.hpp>
#include <engine/node/node.hpp>
#include <engine/purge/registry.hpp>
#include <engine/term/area_image.hpp>
#include <engine/term/header.hpp>

namespace {

constexpr std::size_t kRecords = 10000;

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

}  // namespace

bool refuses_an_empty_file() {
  beam::AtomTable atoms;
  return !beam::read_beam({}, atoms);
}

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
