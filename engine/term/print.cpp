#include "engine/term/print.hpp"

#include <algorithm>
#include <bit>
#include <span>

#include "engine/base/mapped_array.hpp"
#include "engine/term/bits.hpp"
#include "engine/term/identifier.hpp"
#include "engine/term/layout.hpp"
#include "engine/term/scalar_text.hpp"
#include "engine/term/traversal.hpp"

namespace beam {

namespace {

// Writes a term incrementally and stops once the text exceeds the limit. Open brackets are kept on
// a stack.
class Printer {
 public:
  Printer(const AtomTable& atoms, std::size_t max_bytes) : atoms_(atoms), max_bytes_(max_bytes) {}

  std::string print(Term term) {
    begin(term);
    while (!open_.empty() && !is_full()) step();
    if (is_full()) cut();
    return std::move(text_);
  }

 private:
  enum class Kind { kTuple, kList, kFlatMap, kHashMap, kNode, kPair };
  // `next` counts what has been written: elements of a tuple, keys and values of a pair or a flat
  // map, children of a node. For a list, `term` is the rest.
  struct Open {
    Kind kind;
    Term term;
    std::size_t next;
  };

  [[nodiscard]] bool is_full() const noexcept { return no_memory_ || text_.size() > max_bytes_; }

  void begin(Term term);
  void begin_boxed(Term term);
  void begin_map(Term term);
  void step();
  void step_tuple(Open& open);
  void step_list(Open& open);
  void step_flat_map(Open& open);
  void step_node(Open& open);
  void step_pair(Open& open);
  void write_bits(const Bits& bits);
  void write_fun(const Word* object);
  void write_identifier(const Identifier& identifier);
  void cut();

  void open(Kind kind, Term term, const char* bracket) {
    text_ += bracket;
    after_element_ = false;
    if (!open_.push_back({kind, term, 0})) no_memory_ = true;
  }
  void close(const char* bracket) {
    text_ += bracket;
    after_element_ = true;
    open_.pop_back();
  }
  void separate() {
    if (after_element_) text_ += ',';
  }
  void write(const std::string& text) {
    text_ += text;
    after_element_ = true;
  }
  void write_atom(Word index) { append_atom(text_, atoms_.name(make_atom(index))); }

  const AtomTable& atoms_;
  std::size_t max_bytes_;
  std::string text_;
  MappedArray<Open> open_;
  bool after_element_ = false;  // the next element needs a comma before it
  bool no_memory_ = false;
};

void Printer::begin(Term term) {
  if (term.is_list()) {
    open(Kind::kList, term, "[");
  } else if (term.is_boxed()) {
    begin_boxed(term);
  } else if (term.is_small()) {
    write(std::to_string(term.small()));
  } else if (term.is_atom()) {
    write_atom(term.atom_index());
    after_element_ = true;
  } else if (term.is_nil()) {
    write("[]");
  } else {
    write_identifier(identifier_of(term));
    after_element_ = true;
  }
}

void Printer::begin_boxed(Term term) {
  const Word* object = term.pointer();
  switch (header_subtag(object[0])) {
    case Subtag::kTuple:
      open(Kind::kTuple, term, "{");
      return;
    case Subtag::kMap:
      begin_map(term);
      return;
    case Subtag::kPositiveBig:
    case Subtag::kNegativeBig:
      append_big(text_, object);
      break;
    case Subtag::kFloat:
      append_float(text_, std::bit_cast<double>(object[1]));
      break;
    case Subtag::kFun:
      write_fun(object);
      break;
    case Subtag::kProcBin:
    case Subtag::kHeapBinary:
    case Subtag::kSubBinary:
      write_bits(bits_of(term));
      break;
    case Subtag::kMatchState:
      text_ += "#MatchState<>";
      break;
    case Subtag::kRef:
    case Subtag::kExternalRef:
    case Subtag::kExternalPid:
    case Subtag::kExternalPort:
      write_identifier(identifier_of(term));
      break;
  }
  after_element_ = true;
}

void Printer::begin_map(Term term) {
  const bool flat = map_kind(*term.pointer()) == MapKind::kFlat;
  open(flat ? Kind::kFlatMap : Kind::kHashMap, term, "#{");
}

void Printer::step() {
  Open& top = open_.back();
  switch (top.kind) {
    case Kind::kTuple:
      return step_tuple(top);
    case Kind::kList:
      return step_list(top);
    case Kind::kFlatMap:
      return step_flat_map(top);
    case Kind::kHashMap:
    case Kind::kNode:
      return step_node(top);
    case Kind::kPair:
      return step_pair(top);
  }
}

void Printer::step_tuple(Open& open) {
  const auto elements = children_of(open.term);
  if (open.next == elements.size()) return close("}");
  separate();
  begin(Term{elements[open.next++]});
}

void Printer::step_list(Open& open) {
  const Term rest = open.term;
  if (rest.is_nil()) return close("]");
  if (rest.is_list()) {
    separate();
    open.term = tail_of(rest);
    return begin(head_of(rest));
  }
  text_ += '|';
  open.term = kNil;
  begin(rest);
}

void Printer::step_flat_map(Open& open) {
  const Word* map = open.term.pointer();
  const std::size_t pair = open.next / 2;
  if (pair == map[kFlatMapSize]) return close("}");
  if (open.next++ % 2 == 0) {
    separate();
    return begin(Term{Term{map[kFlatMapKeys]}.pointer()[1 + pair]});
  }
  text_ += " => ";
  begin(Term{map[kFlatMapValues + pair]});
}

// Inner nodes write nothing themselves, only their pairs.
void Printer::step_node(Open& open) {
  const auto children = children_of(open.term);
  if (open.next == children.size()) {
    if (open.kind == Kind::kHashMap) return close("}");
    return open_.pop_back();
  }
  const Term child{children[open.next++]};
  if (!open_.push_back({child.is_list() ? Kind::kPair : Kind::kNode, child, 0})) no_memory_ = true;
}

void Printer::step_pair(Open& open) {
  const Term pair = open.term;
  switch (open.next++) {
    case 0:
      separate();
      return begin(head_of(pair));
    case 1:
      text_ += " => ";
      return begin(tail_of(pair));
    default:
      return open_.pop_back();
  }
}

void Printer::write_bits(const Bits& bits) {
  text_ += "<<";
  for (std::size_t i = 0; 8 * i < bits.size && !is_full(); ++i) {
    if (i > 0) text_ += ',';
    const auto used = static_cast<unsigned>(std::min<std::size_t>(8, bits.size - 8 * i));
    text_ += std::to_string(bits.byte(i) >> (8 - used));
    if (used < 8) text_ += ':' + std::to_string(used);
  }
  text_ += ">>";
}

void Printer::write_fun(const Word* object) {
  const Word entry = object[kFunEntry];
  if (!is_external_fun(object)) {
    text_ += "#Fun<";
    write_atom(fun_module(entry));
    text_ += '.' + std::to_string(fun_index(entry)) + '.' + std::to_string(fun_hash(entry)) + '>';
    return;
  }
  text_ += "fun ";
  write_atom(export_module(entry));
  text_ += ':';
  write_atom(export_function(entry));
  text_ += '/' + std::to_string(fun_arity(object[kFunArity]));
}

// For another node the runtime writes the index of its name's atom.
void Printer::write_identifier(const Identifier& identifier) {
  const std::string node = identifier.local ? "0" : std::to_string(node_name(identifier.node));
  if (identifier.kind == IdentifierKind::kPid) {
    text_ += '<' + node + '.' + std::to_string(pid_number(identifier.id)) + '.' +
             std::to_string(pid_serial(identifier.id));
  } else if (identifier.kind == IdentifierKind::kPort) {
    text_ += "#Port<" + node + '.' + std::to_string(identifier.id);
  } else {
    text_ += "#Ref<" + node;
    for (std::size_t i = identifier.count; i-- > 0;) {
      text_ += '.' + std::to_string(identifier.numbers[i]);
    }
  }
  text_ += '>';
}

// Cuts the text so that the dots fit.
void Printer::cut() {
  constexpr std::string_view kDots = "...";
  std::size_t kept = max_bytes_ - std::min(max_bytes_, kDots.size());
  kept = std::min(kept, text_.size());
  while (kept > 0 && kept < text_.size() &&
         (static_cast<unsigned char>(text_[kept]) & 0xC0) == 0x80) {
    --kept;
  }
  text_.resize(kept);
  text_ += kDots.substr(0, max_bytes_);
}

}  // namespace

std::string print_term(Term term, const AtomTable& atoms, std::size_t max_bytes) {
  return Printer(atoms, max_bytes).print(term);
}

}  // namespace beam
