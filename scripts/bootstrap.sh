#!/bin/sh
# Bring .venv in line with the committed locks, from nothing but Python and a package index.
#
#   sh scripts/bootstrap.sh python   print the interpreter that .venv would be made with
#   sh scripts/bootstrap.sh site     install what building the site needs
#   sh scripts/bootstrap.sh dev      install that, and what checks and tests need
#
# PYTHON names the interpreter to use. The user's pip settings (mirror, proxy, cache) stay in force.
# What was installed is recorded in .venv/*.stamp; when nothing changed, nothing is installed.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

export PIP_DISABLE_PIP_VERSION_CHECK=1
export PIP_USER=0  # a personal `user = true` would make pip refuse to work inside a venv
# Building a source archive would fetch build tools that no hash pins; set it empty to allow it.
export PIP_ONLY_BINARY="${PIP_ONLY_BINARY-:all:}"

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; exit 1; }

# Print the first interpreter that runs, is recent enough and can make a venv; else say what is wrong.
# Each candidate is run, not only looked up: version managers leave shims that exist but do not work.
choose_python() {
    if [ -n "${PYTHON-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.14 python3.13 python3.12 python3.11
    fi
    too_old='' without_venv=''
    for candidate in "$@"; do
        version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null </dev/null) ||
            continue
        if ! "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null; then
            too_old="$too_old $candidate ($version)"
        elif ! "$candidate" -c 'import ensurepip, venv' 2>/dev/null </dev/null; then
            without_venv=${without_venv:-$version}
        else
            say "$candidate"
            return
        fi
    done
    if [ -n "$without_venv" ]; then
        fail "Python $without_venv est installé, mais sans ses modules « venv » et « ensurepip »." \
            "Sous Debian ou Ubuntu : sudo apt install python$without_venv-venv"
    fi
    found="aucun ne répond parmi : $*"
    if [ -n "$too_old" ]; then
        found="trop ancien :$too_old"
    fi
    fail "Il faut Python 3.11 ou plus récent ; $found." \
        "Installez-le (Debian, Ubuntu : sudo apt install python3 python3-venv ; macOS : brew install python)" \
        "ou désignez-le : make site PYTHON=/chemin/vers/python3"
}

python_minor() { "$1" -c 'import sys; print(sys.version_info[:2])' 2>/dev/null </dev/null; }

# .venv runs, was not left half-installed, and is of the Python asked for ($1, may be empty).
venv_is_sound() {
    [ ! -e .venv/incomplete ] &&
        .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null </dev/null &&
        { [ -z "$1" ] || [ "$(python_minor "$1")" = "$(python_minor .venv/bin/python)" ]; }
}

ensure_venv() {
    chosen=''
    if [ -n "${PYTHON-}" ]; then
        chosen=$(choose_python)
    fi
    if venv_is_sound "$chosen"; then
        return
    fi
    if [ -z "$chosen" ]; then
        chosen=$(choose_python)
    fi
    if [ -e .venv ]; then
        say "L'environnement .venv est incomplet, cassé ou d'un autre Python : il est refait."
        rm -rf .venv
    fi
    say "Création de l'environnement .venv avec $chosen"
    mkdir .venv
    : >.venv/incomplete
    "$chosen" -m venv .venv </dev/null
    rm .venv/incomplete
}

# What the stamp of level $1 must hold. The folder is part of it: an editable install names it.
expected_stamp() {
    pwd
    cat "requirements/$1.lock" pyproject.toml
}

ensure_installed() {
    if [ -e ".venv/$1.stamp" ] && expected_stamp "$1" | cmp -s - ".venv/$1.stamp"; then
        return
    fi
    say "Installation dans .venv de ce que liste requirements/$1.lock (une minute ou deux)"
    : >.venv/incomplete
    .venv/bin/python -m pip install -qq --require-hashes --requirement "requirements/$1.lock" ||
        fail "L'installation a échoué (voir ci-dessus). Une fois la cause levée, relancez la même commande."
    .venv/bin/python -m pip install -qq --no-index --no-deps --no-build-isolation --editable . ||
        fail "L'installation du projet lui-même a échoué (voir ci-dessus)."
    # A build that may write no bytecode, or is the first, need not compile; what is wrong, a build tells.
    .venv/bin/python -m compileall -q hooks >/dev/null 2>&1 || :
    expected_stamp site >.venv/site.stamp  # dev.lock holds everything that site.lock holds
    expected_stamp "$1" >".venv/$1.stamp"
    rm .venv/incomplete
}

case "${1-}" in
python) choose_python ;;
site | dev)
    ensure_venv
    ensure_installed "$1"
    ;;
*)
    printf '%s\n' "usage : sh scripts/bootstrap.sh python|site|dev" >&2
    exit 2
    ;;
esac
