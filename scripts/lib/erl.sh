# shellcheck shell=sh
# Sourced by scripts that run a real BEAM.

# alone_in DIR: changes to the folder, where Erlang looks for modules first, makes it the home, and
# unsets the variables that change how Erlang starts and finds modules. No crash dumps are written.
alone_in() {
  cd "$1" || return 2
  for erl_variable in $(env | sed -n 's/^\(ERL_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$erl_variable"; done
  unset XDG_CONFIG_HOME
  export HOME="$1" ERL_CRASH_DUMP_SECONDS=0
}
