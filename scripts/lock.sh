#!/bin/sh
# Write requirements/*.lock from pyproject.toml: every version and hash, for all platforms and
# Python >= 3.11. Pins that still fit are kept; `sh scripts/lock.sh --upgrade` takes the newest.
#
# uv resolves against the public index (or UV_DEFAULT_INDEX); no address is written to the files.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
export UV_CUSTOM_COMPILE_COMMAND='make lock'

# The build backend is pinned too: the project is installed without build isolation.
build_requires=$(.venv/bin/python -c '
import pathlib, tomllib
print(*tomllib.loads(pathlib.Path("pyproject.toml").read_text("utf-8"))["build-system"]["requires"], sep="\n")')

# `fewest`: one version of a package for all Pythons, rather than the newest for each.
compile() {
    printf '%s\n' "$build_requires" |
        .venv/bin/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
            --no-python-downloads --generate-hashes --annotation-style line \
            --no-emit-index-url --no-emit-find-links "$@" pyproject.toml -
}

compile --extra dev --output-file requirements/dev.lock "$@"
compile --constraints requirements/dev.lock --output-file requirements/site.lock
