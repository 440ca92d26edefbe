# shellcheck shell=bash
# Functions shared by the scripts, which change to the root and source this. Messages go to stderr
# only; silent if there is nothing to do.

ROOT=$PWD
# The build folder: build/, or the one in PURGEBENCH_BUILD. Created if missing.
BUILD=${PURGEBENCH_BUILD:-$ROOT/build}
case $BUILD in /*) ;; *) BUILD=$OLDPWD/$BUILD ;; esac
# shellcheck source=scripts/lib/packages.sh
. "$ROOT/scripts/lib/packages.sh"

# asks_for_help ARGUMENTS...: whether one of them is -h or --help.
asks_for_help() {
  local each
  for each; do
    case $each in -h | --help) return 0 ;; esac
  done
  return 1
}

# usage SCRIPT: the comment at its head, which is its help.
usage() { sed -n '2,/^set/{/^# \{0,1\}/!d;s///;p}' "$1"; }

# help_or_go_on SCRIPT ARGUMENTS...: prints the help of the script and exits if asked for help.
help_or_go_on() {
  local script=$1
  shift
  asks_for_help "$@" || return 0
  usage "$script"
  exit 0
}

say() { printf 'purgebench: %s\n' "$*" >&2; }

# Whether this user can build in $BUILD, and not only run what another user has built.
can_build() {
  local dir
  mkdir -p "$BUILD" 2>/dev/null || return 1
  for dir in "$BUILD" "$BUILD/release"; do
    [ ! -e "$dir" ] || [ -w "$dir" ] || return 1
  done
}

# with_lock NAME COMMAND...: runs the command exclusively, across all runs of these scripts in this
# tree. In a subshell, so that the lock ends with it and programs executed later do not inherit it.
with_lock() {
  local name=$1 lock=$BUILD/.$1.lock
  shift
  if ! can_build; then
    say "cannot write to $BUILD; PURGEBENCH_BUILD names another folder"
    exit 2
  fi
  # Opened for reading, so that another user's lock file works, too.
  [ -e "$lock" ] || (umask 0 && : >"$lock") || exit 2
  (
    flock --nonblock 9
    case $? in
      0) ;;
      1)
        say "waiting for another run to finish with $BUILD"
        flock 9
        ;;
      *) say "$lock cannot be locked here; two runs at once may meet" ;;
    esac
    # Closed for the command: a background process that it leaves must not keep the lock.
    "$@" 9>&-
  ) 9<"$lock"
}

# configure PRESET [CMAKE FLAGS...]: only if not done yet, or if the presets changed or the tree was
# moved. In all other cases the build reconfigures itself.
configure() {
  local preset=$1 dir=$BUILD/$1 log=$BUILD/configure-$1.log
  shift
  if [ -e "$dir/CMakeCache.txt" ] &&
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$ROOT" "$dir/CMakeCache.txt"; then
    if [ "$BUILD" != "$ROOT/build" ]; then
      say "$dir is the build of another source tree; PURGEBENCH_BUILD has to name another folder"
      return 2
    fi
    rm -rf "$dir"
  fi
  [ "$dir/build.ninja" -nt CMakePresets.json ] && return 0
  if ! cmake --preset "$preset" -B "$dir" "$@" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    say "cannot configure the build (preset $preset)"
    return 2
  fi
}

# Reads a build's output and shows progress once something is compiled: a redrawn count on a
# terminal, elsewhere a line about every 10 seconds on 2 cores.
show_progress() {
  local line text said=no next=0
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (Building|Linking) ]] || continue
    text="building $1: ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]}"
    if [ -t 2 ]; then
      printf '\rpurgebench: %s ' "$text" >&2
    elif ((BASH_REMATCH[1] >= next)); then
      say "$text"
      next=$((BASH_REMATCH[1] + 25))
    fi
    said=yes
  done
  if [ $said = yes ] && [ -t 2 ]; then echo >&2; fi
}

# build PRESET [BUILD FLAGS...]; under the command in $run_under, if set.
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

# Installs the packages of the groups, and builds the targets.
set_up() {
  local groups=$1
  shift
  # shellcheck disable=SC2086 # groups are words
  need_packages build $groups
  configure release && build release --target "$@"
}

# Where nothing can be built, uses the existing build.
use_what_is_built() {
  local target newer
  for target in "$@"; do
    if ! [ -x "$BUILD/release/$target" ]; then
      say "$target is not built and $BUILD cannot be written to; PURGEBENCH_BUILD names another folder"
      return 2
    fi
    newer=$(find CMakeLists.txt engine allocators bench scripts/cmake -newer "$BUILD/release/$target" -print -quit)
    if [ -n "$newer" ]; then
      say "$BUILD cannot be written to, and its $target is older than $newer; PURGEBENCH_BUILD names another folder"
    fi
  done
}

# have_built GROUPS TARGET...: provides $BUILD/release/TARGET and the packages of these groups.
have_built() {
  if can_build; then
    with_lock build set_up "$@"
  else
    use_what_is_built "${@:2}"
  fi
}
