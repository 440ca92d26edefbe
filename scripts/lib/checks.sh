# shellcheck shell=bash
# The parts of scripts/test: one function each, check_<part>. Sourced by it. A part that cannot run
# on this system returns $skipped.
skipped=77

cores=$(nproc)

# The LLVM tool with that name: version 14 if installed, else any version.
llvm_tool() { command -v "$1-14" || command -v "$1"; }

# The same, but only version 14: others format and warn differently.
llvm_14_tool() {
  local tool
  tool=$(llvm_tool "$1") || return 1
  "$tool" --version | grep -q 'version 14\.' && echo "$tool"
}

configure_and_build() {
  local preset=$1 target=$2
  shift 2
  configure "$preset" "$@" && build "$preset" --target "$target"
}

# build_and_ctest PRESET [CTEST FLAGS...], with the compiler $compiler if set
build_and_ctest() {
  local preset=$1 progress=()
  shift
  if [ -t 1 ]; then progress=(--progress); fi
  with_lock build configure_and_build "$preset" all ${compiler:+-D CMAKE_CXX_COMPILER="$compiler"} &&
    ${run_under-} ctest --test-dir "$BUILD/$preset" --no-tests=error --output-on-failure \
      --timeout 600 --parallel "$cores" "${progress[@]}" "$@"
}

check_release() { build_and_ctest release; }

# What only shows without optimisation: assertions, and duplicate definitions, of which the linker
# keeps one. Clang builds without optimisation in two thirds of GCC's time.
check_debug() {
  local folder status compiler
  compiler=$(llvm_tool clang++)
  build_and_ctest debug --label-exclude once || return 1
  tests/check_definitions "$ROOT" "$BUILD/debug" || return 1
  folder=$(mktemp -d) || return 2
  "$BUILD/debug/purgebench" run --area-words 1000 --holders 3 --bystanders 2 --rounds 2 --settle 0 \
    --blocks malloc,mmap,erts --schedulers 1,2 --out "$folder/run"
  status=$?
  rm -r "$folder"
  return $status
}

check_asan_ubsan() { build_and_ctest asan-ubsan; }

# The shadow memory of GCC 12's thread sanitizer collides with mappings if the kernel randomises
# many address bits, so its programs run without randomisation where that is allowed.
check_tsan() {
  local run_under
  run_under="setarch $(uname -m) --addr-no-randomize"
  $run_under true 2>/dev/null || run_under=
  build_and_ctest tsan
}

check_format() {
  local tool
  if ! tool=$(llvm_14_tool clang-format); then
    say "no clang-format 14 here, the layout of the sources was not checked"
    return $skipped
  fi
  local bad
  bad=$(find engine allocators bench tests \( -name '*.hpp' -o -name '*.cpp' \) -print0 |
    xargs -0 "$tool" --dry-run 2>&1 | sed -n 's/:[0-9]*:[0-9]*: warning: .*//p' | sort -u)
  [ -n "$bad" ] || return 0
  echo "$bad"
  say "these are not laid out as .clang-format says: $tool -i does it"
  return 1
}

# lint PATTERN: clang-tidy over the sources whose paths, relative to the root, match. Clang compiles
# them, so this also gives a second compiler's warnings.
lint() {
  local tool
  if ! tool=$(llvm_14_tool clang-tidy); then
    say "no clang-tidy 14 here, the sources were not linted"
    return $skipped
  fi
  with_lock build configure_and_build lint purgebench_write_build_info \
    -D CMAKE_CXX_COMPILER="$(llvm_tool clang++)" || return 2
  sed -n 's/^ *"file": "\(.*\)",*$/\1/p' "$BUILD/lint/compile_commands.json" | sort -u |
    grep "^$ROOT/$1" |
    xargs -d '\n' -n 1 -P "$cores" "$tool" -p "$BUILD/lint" --quiet 2>"$BUILD/tidy.log"
  local status=$?
  # stderr only has counts of suppressed warnings, unless something broke.
  [ $status = 0 ] || grep -v 'warnings\? .*generated\.$' "$BUILD/tidy.log" >&2
  return $status
}

check_tidy() { lint '\(engine\|allocators\|bench\)/'; }

check_tidy_tests() { lint 'tests/'; }

# A fuzz target's findings are kept in fuzz/found of the build folder, its new inputs in
# fuzz/corpus.
fuzz_one() {
  local target=$1 name
  name=$(basename "$target")
  local found=$BUILD/fuzz/found corpora=("$BUILD/fuzz/corpus/$name")
  mkdir -p "$found" "${corpora[0]}"
  [ -d "tests/fuzz/corpus/$name" ] && corpora+=("tests/fuzz/corpus/$name")
  "$target" -runs=20000 -max_total_time=90 -timeout=20 -rss_limit_mb=4096 -seed=1 -print_final_stats=1 \
    -artifact_prefix="$found/$name-" "${corpora[@]}" >"$BUILD/fuzz/$name.log" 2>&1
  local status=$?
  if [ $status = 0 ]; then
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$BUILD/fuzz/$name.log") runs"
  else
    cat "$BUILD/fuzz/$name.log" >&2
    say "$name failed; its input is in $found"
  fi
  return $status
}

check_fuzz() {
  with_lock build configure_and_build fuzz fuzzers \
    -D CMAKE_CXX_COMPILER="$(llvm_tool clang++)" || return 2
  local target status=0
  for target in "$BUILD"/fuzz/tests/fuzz/*_fuzz; do
    fuzz_one "$target" || status=1
  done
  return $status
}

# Runs every part, even after a failure, and prints a table at the end.
run_parts() {
  local part verdict failed=0 table='' begin
  for part in "$@"; do
    echo "== $part"
    begin=$SECONDS
    "check_${part//-/_}"
    case $? in
      0) verdict=passed ;;
      "$skipped") verdict=skipped ;;
      *) verdict=FAILED failed=1 ;;
    esac
    table+=$(printf '%-12s%-8s%5s s' "$part" "$verdict" $((SECONDS - begin)))$'\n'
  done
  printf '== all\n%s' "$table"
  return $failed
}
