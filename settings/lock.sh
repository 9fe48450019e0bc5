#!/usr/bin/env bash
# Resolve the dependencies for every platform and Python into the two lock files. No index address gets into them.
set -euo pipefail
uv=$1
how=(--quiet --upgrade --universal --generate-hashes --no-annotate --no-header --python-version 3.11
     --no-emit-index-url --no-emit-find-links --extra shop --extra demo)
"$uv" pip compile "${how[@]}" --extra dev pyproject.toml -o requirements-dev.lock
"$uv" pip compile "${how[@]}" -c requirements-dev.lock pyproject.toml -o requirements.lock
