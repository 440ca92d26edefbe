# shellcheck shell=bash
# What scripts/bench, scripts/test and scripts/purgebench share. Sourced by them, from the root.
# Everything here talks on stderr only, and says nothing when there is nothing to do.

ROOT=$PWD
BUILD=$ROOT/build
# shellcheck source=scripts/lib/packages.sh
. "$ROOT/scripts/lib/packages.sh"

say() { printf 'purgebench: %s\n' "$*" >&2; }

# with_lock NAME COMMAND...: one at a time, across all runs of these scripts in this tree. In a
# subshell: the lock goes with it, and what is executed later does not inherit it.
with_lock() {
  local name=$1
  shift
  if ! mkdir -p "$BUILD" || ! [ -w "$BUILD" ]; then
    say "cannot write to $BUILD"
    exit 2
  fi
  (
    if ! flock --nonblock 9; then
      say "waiting for another run to finish with build/"
      flock 9
    fi
    # Closed for the command: a process that it leaves behind must not keep the lock.
    "$@" 9>&-
  ) 9>"$BUILD/.$name.lock"
}

# configure PRESET [CMAKE FLAGS...]: only when it was not done, or the presets changed since, or the
# tree was moved. Everything else makes the build configure itself again.
configure() {
  local preset=$1 dir=$BUILD/$1 log=$BUILD/configure-$1.log
  shift
  if [ -e "$dir/CMakeCache.txt" ] &&
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$ROOT" "$dir/CMakeCache.txt"; then
    rm -rf "$dir"
  fi
  [ "$dir/build.ninja" -nt CMakePresets.json ] && return 0
  if ! cmake --preset "$preset" "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    say "cannot configure the build (preset $preset)"
    return 2
  fi
}

# Reads a build's output; says so once something is compiled, with a count where that can be drawn.
show_progress() {
  local line said=no
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (Building|Linking) ]] || continue
    if [ -t 2 ]; then
      printf '\rpurgebench: building %s: %s of %s ' "$1" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
    elif [ $said = no ]; then
      say "building $1"
    fi
    said=yes
  done
  if [ $said = yes ] && [ -t 2 ]; then echo >&2; fi
}

# build PRESET [BUILD FLAGS...]; below the command in $run_under, if there is one.
build() {
  local preset=$1 log=$BUILD/build-$1.log
  shift
  ${run_under-} cmake --build "$BUILD/$preset" "$@" 2>&1 </dev/null | tee "$log" | show_progress "$preset"
  if [ "${PIPESTATUS[0]}" != 0 ]; then
    grep -v '^\[[0-9]*/[0-9]*\] \(Building\|Linking\)' "$log" >&2
    say "the build failed (preset $preset)"
    return 2
  fi
}

# What running the program takes: packages and build/release/purgebench.
set_up_purgebench() {
  need_packages build run
  configure release && build release --target purgebench
}
