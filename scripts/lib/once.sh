# Things that take minutes to make and never change for one set of sources: made once into a
# folder named after those sources, then only looked up. Sourced by the scripts beside this folder.

# Everything cached lives here; deleting it is always safe.
palisade_cache() {
  printf '%s\n' "${PALISADE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/palisade}"
}

say() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
}

die() {
  say "$*"
  exit 1
}

# need COMMAND [WHY]: stops where COMMAND is missing, and says what brings it.
need() {
  local how
  command -v "$1" >/dev/null 2>&1 && return
  case $1 in
    # What scripts/setup leaves to the user: distributions are often too old.
    go) how="install Go 1.21 or newer, which fetches the toolchain that sdk-gen/go.mod asks for" ;;
    node | npm) how="install Node.js 20 or newer, with npm" ;;
    apt-get) how="this system has none" ;;
    python3) how="version 3.11 or newer; scripts/setup --tests installs the system's" ;;
    *) how="scripts/setup installs it" ;;
  esac
  die "needs '$1' on PATH${2:+ ($2)}: $how"
}

# key_of WORD_OR_FILE...: 16 hex digits; a file counts by its content, anything else as text.
key_of() {
  local item
  for item in "$@"; do
    if [[ -f $item ]]; then
      printf 'file %s ' "${item##*/}"
      sha256sum <"$item"
    else
      printf 'text %s\n' "$item"
    fi
  done | sha256sum | cut -c1-16
}

# key_of_tree DIR: as key_of, over the names and contents of every file under DIR.
key_of_tree() {
  (cd "$1" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum) | sha256sum | cut -c1-16
}

# with_progress WHAT COMMAND...: runs COMMAND quietly, says every 15 s that it still runs, and
# shows the end of its output only when it fails. At most PALISADE_STEP_TIMEOUT seconds (2400).
# COMMAND is a program, never a shell function: bash ignores `set -e` in a function whose status
# is tested, so a failed step in the middle would go unseen.
with_progress() {
  local what=$1 log pid rc=0 start=$SECONDS next=15
  shift
  log=$(mktemp)
  # A process group of its own, so that a timeout or Ctrl-C also ends the command's children.
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  set +m
  # shellcheck disable=SC2064
  trap "kill -- -$pid 2>/dev/null; rm -f '$log'; exit 130" INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    if ((SECONDS - start >= next)); then
      say "$what ... $((SECONDS - start)) s"
      next=$((next + 15))
    fi
    if ((SECONDS - start > ${PALISADE_STEP_TIMEOUT:-2400})); then
      say "$what took longer than ${PALISADE_STEP_TIMEOUT:-2400} s, giving up"
      kill -- "-$pid"
      break
    fi
  done
  wait "$pid" || rc=$?
  trap - INT TERM
  if ((rc != 0)); then
    tail -n 40 "$log" >&2
    say "$what failed with status $rc"
  fi
  rm -f "$log"
  return "$rc"
}

# once DIR WHAT COMMAND...: runs COMMAND with DIR as its last argument unless DIR is already
# complete. Two callers at once are fine: the second waits for the first. A folder without the
# mark is the rest of an interrupted run and is thrown away. The folder is filled in place, since
# a Python environment does not survive a rename.
once() {
  local dir=$1 what=$2 lock rc=0
  shift 2
  [[ -e $dir/.complete ]] && return 0
  mkdir -p "${dir%/*}"
  exec {lock}>"$dir.lock"
  if ! flock -n "$lock"; then
    say "waiting for another run: $what"
    flock "$lock"
  fi
  if [[ ! -e $dir/.complete ]]; then
    rm -rf "$dir"
    mkdir -p "$dir"
    say "$what"
    # The lock must not outlive us in a child that goes on.
    with_progress "$what" "$@" "$dir" {lock}>&- || rc=$?
    if ((rc == 0)); then touch "$dir/.complete"; else rm -rf "$dir"; fi
  fi
  exec {lock}>&-
  return "$rc"
}
