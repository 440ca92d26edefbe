# shellcheck shell=sh
# Sourced by what runs a real BEAM.

# alone_in DIR: goes to the folder, where Erlang looks for modules first, and makes it the home; without the
# variables by which a person changes how Erlang starts and where it finds modules. It leaves no crash dumps.
alone_in() {
  cd "$1" || return 2
  for erl_variable in $(env | sed -n 's/^\(ERL_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$erl_variable"; done
  unset XDG_CONFIG_HOME
  export HOME="$1" ERL_CRASH_DUMP_SECONDS=0
}
