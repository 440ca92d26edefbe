#include "allocators/elf_file.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <link.h>
#include <optional>
#include <sys/stat.h>
#include <vector>

#include "allocators/sha256.hpp"

namespace allocators {
namespace {

using FileHeader = ElfW(Ehdr);
using ProgramHeader = ElfW(Phdr);
using NoteHeader = ElfW(Nhdr);

// Real files have a dozen program headers and notes of under 100 bytes.
constexpr std::size_t kMaxProgramHeaders = 1024;
constexpr std::size_t kMaxNoteBytes = 64 * 1024;

template <class T>
bool read_at(std::ifstream& file, std::uint64_t offset, T* into, std::size_t count) {
  if (offset > std::uint64_t{INT64_MAX}) return false;
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(reinterpret_cast<char*>(into), static_cast<std::streamsize>(count * sizeof(T)));
  return file.good();
}

std::optional<FileHeader> read_file_header(std::ifstream& file) {
  FileHeader header{};
  if (!read_at(file, 0, &header, 1)) return std::nullopt;
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return std::nullopt;
  return header;
}

// This program's own header: the class, byte order and machine that a library must share with it.
std::optional<FileHeader> own_header() {
  std::ifstream file("/proc/self/exe", std::ios::binary);
  return read_file_header(file);
}

std::size_t align4(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

std::string hexadecimal(const char* bytes, std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

// A note is a header, a name and a description, both padded to 4 bytes.
std::string build_id_in_notes(const std::vector<char>& notes) {
  std::size_t at = 0;
  while (notes.size() - at >= sizeof(NoteHeader)) {
    NoteHeader note{};
    std::memcpy(&note, notes.data() + at, sizeof note);
    const std::size_t name = at + sizeof note;
    const std::size_t description = name + align4(note.n_namesz);
    const std::size_t next = description + align4(note.n_descsz);
    if (next > notes.size()) return {};
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 &&
        std::memcmp(notes.data() + name, "GNU", 4) == 0) {
      return hexadecimal(notes.data() + description, note.n_descsz);
    }
    at = next;
  }
  return {};
}

}  // namespace

std::string why_not_elf(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "there is no such file";
  if (!S_ISREG(status.st_mode)) return "it is not a file";
  std::ifstream file(path, std::ios::binary);
  if (!file) return "it cannot be read";
  return read_file_header(file) ? "" : "it is not an ELF file";
}

std::string why_not_loadable(const std::string& path) {
  std::string why = why_not_elf(path);
  if (!why.empty()) return why;
  std::ifstream file(path, std::ios::binary);
  const auto header = read_file_header(file);
  if (!header || header->e_type != ET_DYN) return "it is not a shared library";
  const auto own = own_header();
  if (own && (header->e_machine != own->e_machine ||
              header->e_ident[EI_CLASS] != own->e_ident[EI_CLASS])) {
    return "it is a shared library for another kind of machine";
  }
  return {};
}

std::string build_id(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const auto header = read_file_header(file);
  if (!header || header->e_phnum > kMaxProgramHeaders) return {};
  std::vector<ProgramHeader> segments(header->e_phnum);
  if (!read_at(file, header->e_phoff, segments.data(), segments.size())) return {};
  for (const ProgramHeader& segment : segments) {
    if (segment.p_type != PT_NOTE || segment.p_filesz > kMaxNoteBytes) continue;
    std::vector<char> notes(segment.p_filesz);
    if (!read_at(file, segment.p_offset, notes.data(), notes.size())) continue;
    std::string id = build_id_in_notes(notes);
    if (!id.empty()) return id;
  }
  return {};
}

std::string library_identity(const std::string& path) {
  std::string id = build_id(path);
  if (!id.empty()) return id;
  const std::string hash = sha256_of_file(path);
  return hash.empty() ? hash : "sha256:" + hash;
}

}  // namespace allocators
