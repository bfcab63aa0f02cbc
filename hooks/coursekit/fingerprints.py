"""What a kept value was made from, as bytes that change when any of it does."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePath
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

_PACKAGES = frozenset({"site-packages", "dist-packages"})


class UnknownValueError(TypeError):
    """A value of which it cannot be told whether it has changed."""


def fingerprint(value: object) -> bytes:
    """Return 16 bytes that stand for a value; raises UnknownValueError.

    Plain values, those of dataclasses, and functions that packages define are known.
    """
    try:
        text = _json().encode(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnknownValueError(str(error)) from error
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@functools.cache
def _json() -> json.JSONEncoder:
    """Return what `json.dumps` would make anew at each of thousands of calls."""
    return json.JSONEncoder(ensure_ascii=False, default=_plain)


def version(folders: Iterable[Path], files: Iterable[Path] = ()) -> str:
    """Return what stands for Python, its packages, the files of folders such as the engine's, and files.

    Fonts, of which only PDFs are made, do not count: they are most of the engine's bytes.
    """
    found = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name in sorted(_distributions()):
        found.update(name.encode())
    for folder in folders:
        found.update(contents(folder, apart=(".ttf",)))
    for file in files:
        found.update(hashlib.blake2b(file.read_bytes()).digest())
    return found.hexdigest()


def contents(folder: Path, *, apart: tuple[str, ...] = ()) -> bytes:
    """Return 16 bytes that stand for the files below a folder, their names included.

    Files whose names end in what `apart` says are left out.
    """
    found = hashlib.blake2b(digest_size=16)
    root = os.fspath(folder)
    seen: set[str] = set()
    for place, folders, files in os.walk(root, followlinks=True):
        if (real := os.path.realpath(place)) in seen:  # links may lead in circles
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for file in sorted(file for file in files if not file.endswith(apart)):
            path = f"{place}/{file}"
            with open(path, "rb", buffering=0) as opened:  # noqa: PTH123 - hundreds of files, at each build
                data = opened.read()
            name = os.fsencode(path[len(root) :])
            found.update(b"%d %d " % (len(name), len(data)) + name + data)
    return found.digest()


def is_packaged(path: str | PurePath) -> bool:
    """Tell whether a file belongs to an installed package, or to Python: its version stands for it."""
    parts = PurePath(path).parts
    return not _PACKAGES.isdisjoint(parts) or PurePath(path).is_relative_to(
        PurePath(json.__file__).parents[1]
    )


def _distributions() -> set[str]:
    """Return the names of what pip has noted, `mkdocs-1.6.1.dist-info`: version and all."""
    return {
        entry.name
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for entry in folder.iterdir()
        if entry.suffix in (".dist-info", ".egg-info")
    }


def _plain(value: object) -> object:
    """Return what JSON knows, or what `_plain` knows in its turn; the rest JSON knows by itself."""
    match value:
        case Mapping():
            return dict(value)
        case set() | frozenset():
            return ["set", sorted(map(repr, value))]
        case datetime.date() | datetime.time() | datetime.timedelta() | PurePath() | bytes():
            return [type(value).__name__, repr(value)]
        case functools.partial():
            return ["partial", _plain(value.func), value.args, value.keywords]
        case type() | FunctionType() | BuiltinFunctionType() | MethodType():
            return _function(value)
    if is_dataclass(value):
        return [type(value).__qualname__, [getattr(value, one.name) for one in fields(value)]]
    raise UnknownValueError(type(value).__qualname__)


def _function(value: Any) -> object:
    """A package's function is known by its name and by what it encloses; a method holds its object."""
    name = value.__module__ or ""
    file = getattr(sys.modules.get(name), "__file__", None) or ""
    is_known = name.split(".")[0] in (*sys.builtin_module_names, "coursekit") or (file and is_packaged(file))
    if not is_known or isinstance(value, MethodType):
        raise UnknownValueError(f"{name}.{value.__qualname__}")
    enclosed = [cell.cell_contents for cell in getattr(value, "__closure__", None) or ()]
    return ["function", name, value.__qualname__, enclosed]
