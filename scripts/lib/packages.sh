# shellcheck shell=bash
# need_packages GROUP...: installs missing packages that scripts/lib/packages.txt lists for these
# groups. Queries dpkg once; calls apt only if something is missing. Sourced by common.sh.

# Those of the given packages that are installed, one a line.
installed_of() {
  dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^installed //p'
}

# The wanted packages that are missing, alternatives still joined by |, one a line.
missing_packages() {
  local wanted installed choice
  wanted=$(awk -v groups=" $* " 'NF && $1 !~ /^#/ && index(groups, " " $1 " ") { print $2 }' \
    "$ROOT/scripts/lib/packages.txt")
  # shellcheck disable=SC2086 # package names hold no blanks
  installed=" $(installed_of ${wanted//|/ } | tr '\n' ' ')"
  for choice in $wanted; do
    local name found=no
    for name in ${choice//|/ }; do
      case $installed in *" $name "*) found=yes ;; esac
    done
    [ $found = yes ] || echo "$choice"
  done
}

# The command to become root, empty if we are; fails if there is none. Without a terminal, a sudo
# that asks for a password would hang.
become_root() {
  if [ "$(id -u)" = 0 ]; then return 0; fi
  command -v sudo >/dev/null || return 1
  if sudo -n true 2>/dev/null; then
    echo "sudo -n"
  elif [ -t 0 ] && [ -t 2 ]; then
    echo sudo
  else
    return 1
  fi
}

# Of a|b|c, the first that the archive has; a if it has none, so that apt reports it.
available_of() {
  local name
  for name in ${1//|/ }; do
    if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]'; then
      echo "$name"
      return
    fi
  done
  echo "${1%%|*}"
}

apt_install() {
  local log=$1 sudo=$2 choice
  shift 2
  local apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600"
  # A stale package list may suffice: only the result of the install counts.
  $apt update >"$log" 2>&1 </dev/null || true
  local names=()
  for choice in "$@"; do names+=("$(available_of "$choice")"); done
  $apt install --no-install-recommends "${names[@]}" >>"$log" 2>&1 </dev/null
}

need_packages() {
  # On systems without apt the build reports what is missing.
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null || return 0
  local missing choice sudo log=$BUILD/apt.log
  missing=$(missing_packages "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  local text=
  for choice in $missing; do text+=" ${choice%%|*}"; done
  if ! sudo=$(become_root); then
    say "these packages are missing; as root, install them: apt-get install$text"
    exit 2
  fi
  say "installing$text"
  # shellcheck disable=SC2086 # package names hold no blanks
  if ! apt_install "$log" "$sudo" $missing; then
    cat "$log" >&2
    say "apt could not install all of:$text"
    exit 2
  fi
}
