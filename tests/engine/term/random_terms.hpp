// Random terms, as programs for a small stack machine: a string of bytes gives the same term every
// time, a shorter string a smaller one, and the term may share parts of itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/engine/term/term_builder.hpp"

class TermProgram {
 public:
  using Term = beam::Term;
  using Bytes = std::vector<std::uint8_t>;

  struct Choices {
    // Whether parts are shared. A short program can then make a term whose tree is beyond all time.
    bool sharing = false;
    bool odd_bits = true;  // else every binary is of whole bytes
    // References, local funs, what is of other nodes: no keys of hash maps.
    bool identifiers = false;
    std::size_t binary_offset = 0;  // binaries are kept at this bit of a larger one; 0: plainly
  };

  TermProgram(TermBuilder& builder, Choices choices) : b_(builder), choices_(choices) {}

  // The term that `program` leaves: a tuple of what is on the stack in the end.
  Term run(const Bytes& program) {
    const unsigned operations = choices_.identifiers ? 26 : 20;
    stack_.clear();
    for (std::size_t at = 0; at < program.size(); ++at) {
      const std::uint8_t argument = at + 1 < program.size() ? program[at + 1] : 0;
      step(program[at] % operations, program[at] / operations, argument);
    }
    return b_.tuple(stack_);
  }

 private:
  void step(unsigned operation, unsigned small, std::uint8_t argument) {
    switch (operation) {
      case 0:
        return push(b_.integer(small));
      case 1:
        return push(b_.integer(argument - 128));
      case 2:
        return push(b_.integer(beam::kSmallMin + argument));
      case 3:
        return push(b_.real(argument * 0.25 - 8));
      case 4:
        return push(b_.big({beam::Word{1} << 63, argument + beam::Word{1}}, argument % 2 == 0));
      case 5:
        return push(b_.atom(std::string(1, static_cast<char>('a' + small))));
      case 6:
        return push(beam::kNil);
      case 7:
        return push(binary(Bytes(small, argument), 0));
      case 8:
        return push(binary(Bytes(small + 60, argument), 0));
      case 9:
        return push(binary(Bytes(small + 1, argument), choices_.odd_bits ? 5 : 0));
      case 10:
        return push(b_.fun("m", small % 2 == 0 ? "f" : "g", argument));
      case 11:
        if (choices_.sharing && !stack_.empty()) push(stack_[argument % stack_.size()]);
        return;
      case 12:
      case 13:
        return push(b_.list(pop(small)));
      case 14:
        return push(b_.list(pop(small), b_.integer(argument)));
      case 15:
      case 16:
      case 17:
        return push(b_.tuple(pop(small)));
      case 18:
        return push_map(pop(2 * (small % 5)));
      case 19:
        return push_map(many_keys(argument));
      case 20:
        return push(b_.local_fun(small, pop(argument % 4)));
      case 21:
        return push(b_.reference({argument, small, 3}));
      case 22:
        return push(b_.magic_reference({argument, small, 4}));
      case 23:
        return push(b_.external_pid(node(small), argument));
      case 24:
        return push(b_.external_port(node(small), argument));
      default:
        return push(
            b_.external_reference(node(small), std::vector<std::uint32_t>(argument % 6, argument)));
    }
  }

  beam::Word node(unsigned small) { return b_.node(small % 2 == 0 ? "a@b" : "b@b", small); }

  void push(Term term) { stack_.push_back(term); }

  std::vector<Term> pop(std::size_t count) {
    count = std::min(count, stack_.size());
    std::vector<Term> terms(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    return terms;
  }

  // 40 keys {N}, the first one {N, X} with X what was on top of the stack.
  std::vector<Term> many_keys(std::uint8_t argument) {
    std::vector<Term> first = pop(1);
    std::vector<Term> pairs;
    for (int i = 0; i < 40; ++i) {
      first.push_back(b_.integer(i * (argument % 3 + 1)));
      pairs.push_back(b_.tuple(first));
      pairs.push_back(b_.integer(argument / 3));
      first.clear();
    }
    return pairs;
  }

  // Pairs with a key twice become a tuple. With sharing keys are numbers: maps hash and compare
  // them as trees.
  void push_map(std::vector<Term> pairs) {
    if (pairs.size() % 2 == 1) pairs.pop_back();
    for (std::size_t i = 0; choices_.sharing && i < pairs.size(); i += 2) {
      pairs[i] = b_.tuple({b_.integer(static_cast<std::int64_t>(i))});
    }
    const auto map = b_.try_map(pairs);
    push(map.ok() ? map.value() : b_.tuple(pairs));
  }

  Term binary(const Bytes& bytes, std::size_t odd_bits) {
    const std::size_t size = 8 * bytes.size() - (bytes.empty() ? 0 : odd_bits);
    if (choices_.binary_offset == 0 && size % 8 == 0) return b_.binary(bytes);
    return b_.bits(bytes, size, choices_.binary_offset);
  }

  TermBuilder& b_;
  Choices choices_;
  std::vector<Term> stack_;
};
