#!/usr/bin/env bash
# Make .venv from the best Python at hand and install what requirements-dev.lock names, hashes checked.
# pip is used as it is configured here (a company's mirror, its certificates); nothing is done when the lock is unchanged.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.venv
lock=requirements-dev.lock
stamp=$venv/.ready

fail() { echo "error: $*" >&2; exit 1; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

best_python() {
    local candidate
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        if command -v "$candidate" >/dev/null && new_enough "$candidate"; then echo "$candidate"; return; fi
    done
    fail "Lintas needs Python 3.11 or newer; found $(python3 --version 2>&1 || echo none). Install one, or say PYTHON=/path/to/python3.11."
}

checksum() { cksum <"$lock"; "$venv/bin/python" --version; }

# PDFs are drawn with system libraries that no wheel carries. Without them everything else works.
warn_about_pango() {
    case $(uname -s) in
        Linux) has_library libpangoft2-1.0 && has_library libharfbuzz-subset ||
               echo "note: Pango or HarfBuzz is missing, PDFs (shelf labels) need both: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" ;;
        Darwin) ls {/opt/homebrew,/usr/local}/lib/libpango-1.0.dylib >/dev/null 2>&1 ||
               echo "note: Pango is missing, PDFs (shelf labels) need it: brew install pango" ;;
    esac
}

has_library() { grep -qF "$1" <<<"$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || ls /usr/lib /usr/lib/*/ /usr/lib64 2>/dev/null)"; }

explain() {
    local log=$1
    if grep -qiE 'no space left|errno 28|disk quota' "$log"; then
        fail "the disk of $PWD is full; the dependencies need about 1.5 GB."
    elif grep -qiE 'do not match the hashes|hashes are required' "$log"; then
        fail "a downloaded package is not the one that $lock names: $(grep -iE 'from|expected' "$log" | head -1)"
    elif grep -qiE 'name resolution|failed to establish|connection (refused|reset|timed|broken)|proxy|ssl|max retries|network is unreachable|no matching distribution|from versions: none' "$log"; then
        fail "the package index cannot be reached (no network, or pip's configuration): $(grep -iE '^error' "$log" | tail -1)"
    fi
    tail -20 "$log" >&2
    fail "the dependencies could not be installed."
}

warn_about_pango
if [[ -x $venv/bin/python && -f $stamp ]] && [[ $(cat "$stamp") == "$(checksum)" ]]; then exit 0; fi

if [[ ! -x $venv/bin/python ]] || ! new_enough "$venv/bin/python"; then
    python=$(best_python)
    rm -rf "$venv"
    "$python" -m venv "$venv" 2>&1 | tail -3 >&2 || true
    [[ -x $venv/bin/pip ]] || fail "$python cannot make a virtual environment with pip (Debian: apt-get install python3-venv), or the disk is full."
fi

echo "Installing the dependencies into $venv …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The lock is complete and pinned: nothing to resolve. Bytecode is made afterwards, on all cores.
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps --no-compile \
    -r "$lock" >"$log" 2>&1 || explain "$log"
"$venv/bin/python" -m compileall -q -j 0 -x '/tests?/|/lib2to3/|/node/' "$venv/lib" >/dev/null 2>&1 || true
checksum >"$stamp"
