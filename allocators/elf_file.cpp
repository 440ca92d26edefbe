#include "allocators/elf_file.hpp"

#include <cstdint>
#include <fcntl.h>
#include <gelf.h>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include "allocators/sha256.hpp"

namespace allocators {
namespace {

// Real notes have under 100 bytes.
constexpr std::size_t kMaxNoteBytes = 64 * 1024;

// A file that libelf has open; empty where it is none that libelf reads.
class ElfFile {
 public:
  explicit ElfFile(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0 || ::elf_version(EV_CURRENT) == EV_NONE) return;
    elf_ = ::elf_begin(fd_, ELF_C_READ, nullptr);
  }
  ElfFile(const ElfFile&) = delete;
  ElfFile& operator=(const ElfFile&) = delete;
  ~ElfFile() {
    ::elf_end(elf_);
    if (fd_ >= 0) ::close(fd_);
  }

  [[nodiscard]] bool opened() const { return fd_ >= 0; }
  [[nodiscard]] Elf* get() const { return elf_; }
  // Empty: the file is no ELF file, or is cut off in its header.
  [[nodiscard]] std::optional<GElf_Ehdr> header() const {
    GElf_Ehdr header{};
    if (::elf_kind(elf_) != ELF_K_ELF || ::gelf_getehdr(elf_, &header) == nullptr)
      return std::nullopt;
    return header;
  }

 private:
  int fd_;
  Elf* elf_ = nullptr;
};

std::string hexadecimal(std::span<const unsigned char> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string build_id_in_notes(Elf_Data& notes) {
  GElf_Nhdr note{};
  std::size_t name = 0;
  std::size_t description = 0;
  const auto* const bytes = static_cast<const unsigned char*>(notes.d_buf);
  for (std::size_t at = 0; (at = ::gelf_getnote(&notes, at, &note, &name, &description)) != 0;) {
    if (note.n_type != NT_GNU_BUILD_ID || note.n_namesz != sizeof ELF_NOTE_GNU) continue;
    const std::string_view owner(reinterpret_cast<const char*>(bytes) + name, note.n_namesz - 1);
    if (owner == ELF_NOTE_GNU) return hexadecimal({bytes + description, note.n_descsz});
  }
  return {};
}

// Of the notes of a segment, in the file's byte order turned to this machine's.
std::string build_id_in_segment(Elf* elf, const GElf_Phdr& segment) {
  if (segment.p_type != PT_NOTE || segment.p_filesz > kMaxNoteBytes) return {};
  const Elf_Type type = segment.p_align == 8 ? ELF_T_NHDR8 : ELF_T_NHDR;
  Elf_Data* const notes = ::elf_getdata_rawchunk(elf, static_cast<std::int64_t>(segment.p_offset),
                                                 segment.p_filesz, type);
  return notes == nullptr ? std::string() : build_id_in_notes(*notes);
}

}  // namespace

std::string why_not_elf(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "there is no such file";
  if (!S_ISREG(status.st_mode)) return "it is not a file";
  const ElfFile file(path);
  if (!file.opened()) return "it cannot be read";
  return file.header() ? "" : "it is not an ELF file";
}

std::string why_not_loadable(const std::string& path) {
  std::string why = why_not_elf(path);
  if (!why.empty()) return why;
  const auto header = ElfFile(path).header();
  if (!header || header->e_type != ET_DYN) return "it is not a shared library";
  // This program's own class, byte order and machine are those that a library must have.
  const auto own = ElfFile("/proc/self/exe").header();
  if (own && (header->e_machine != own->e_machine ||
              header->e_ident[EI_CLASS] != own->e_ident[EI_CLASS])) {
    return "it is a shared library for another kind of machine";
  }
  return {};
}

std::string build_id(const std::string& path) {
  const ElfFile file(path);
  std::size_t segments = 0;
  if (!file.header() || ::elf_getphdrnum(file.get(), &segments) != 0) return {};
  for (std::size_t i = 0; i < segments; ++i) {
    GElf_Phdr segment{};
    if (::gelf_getphdr(file.get(), static_cast<int>(i), &segment) == nullptr) return {};
    std::string id = build_id_in_segment(file.get(), segment);
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
