"""Dataclasses and named tuples as a JSON file, one a line, and back, whatever the file holds.

The file is `{"schema": 1, NAME: [` … `]}`, with one table or more, or a list by itself: two versions of it
can be compared line by line. Fields that have their default value are left out, unless asked for; a field
that this version does not know is passed over.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, asdict, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from coursekit.links import messages

_Row = TypeVar("_Row")

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, default=date.isoformat).encode
_MOST = 2**53  # whole numbers up to here survive any JSON reader


class UnusableFileError(ValueError):
    """A file of ours that cannot be read back; the reason in a few French words from links.messages."""


def dump(schema: int, **tables: Iterable[Any]) -> str:
    """Return the file's text, UTF-8 whatever the rows hold; each table's rows are of one type."""
    return dump_tables(schema, **{name: dump_rows(rows) for name, rows in tables.items()})


def dump_tables(schema: int, **tables: str) -> str:
    """Return the file's text, of tables whose rows `dump_rows` returned."""
    told = ",\n".join(f'"{name}": {_listed(rows)}' for name, rows in tables.items())
    return f'{{"schema": {schema}, {told}}}\n'


def dump_list(rows: Iterable[Any], *, whole: bool = False) -> str:
    """Return rows of one type as a JSON list, one a line; `whole` writes default values too."""
    return _listed(dump_rows(rows, whole=whole))


def dump_rows(rows: Iterable[Any], *, whole: bool = False) -> str:
    """Return what stands in the list that `dump_list` returns."""
    tell = asdict if whole else _told
    text = join(_encode(tell(row)) for row in rows)
    # Hostile headers end up in texts as lone surrogates, which UTF-8 cannot write.
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def join(rows: Iterable[str]) -> str:
    """Return rows, each a text of `dump_rows`, as one."""
    return ",\n".join(filter(None, rows))


def _listed(rows: str) -> str:
    return f"[\n{rows}\n]" if rows else "[]"


def _told(row: Any) -> dict[str, Any]:
    kind: Any = type(row)
    defaults = _defaults(kind)
    told = ((name, getattr(row, name)) for name in defaults)
    return {name: value for name, value in told if value != defaults[name]}


@cache
def _defaults(kind: Any) -> Mapping[str, Any]:
    """Return the fields of a type, and what each of them has where nothing is said."""
    if issubclass(kind, tuple):
        named: Any = kind
        return {name: named._field_defaults.get(name, MISSING) for name in named._fields}
    return {field.name: field.default for field in fields(kind)}


def load(data: str | bytes, *, schema: int, name: str, kind: type[_Row]) -> list[_Row]:
    """Return the rows of one table that `dump` wrote; raises UnusableFileError, and nothing else."""
    return load_tables(data, schema=schema, kinds={name: kind})[name]


def load_tables(data: str | bytes, *, schema: int, kinds: Mapping[str, type[Any]]) -> dict[str, list[Any]]:
    """Return the rows of every table named in `kinds`, each of its type; raises UnusableFileError."""
    document = _document(data)
    return {name: _read(_rows(document, schema, name), kind) for name, kind in kinds.items()}


def load_list(data: str | bytes, kind: type[_Row]) -> list[_Row]:
    """Return the rows that `dump_list` wrote; raises UnusableFileError."""
    document = _document(data)
    if not isinstance(document, list):
        raise UnusableFileError(messages.not_ours())
    return _read(document, kind)


def _read(rows: list[Any], kind: type[_Row]) -> list[_Row]:
    """One bad row condemns the file: what is left of it would be taken for the whole."""
    readers = _readers(kind)
    read = []
    for number, row in enumerate(rows, 1):
        try:
            values = {key: readers[key](row[key]) for key in row if key in readers and row[key] is not None}
            read.append(kind(**values))
        except (ValueError, TypeError) as error:  # TypeError: no mapping, or a field is missing
            raise UnusableFileError(messages.damaged_row(number)) from error
    return read


def _document(data: str | bytes) -> Any:
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise UnusableFileError(messages.no_json(error.lineno)) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, a number of 5,000 digits, nested too deep
        raise UnusableFileError(messages.no_json()) from error


def _rows(document: Any, schema: int, name: str) -> list[Any]:
    found = document.get("schema") if isinstance(document, dict) else None
    rows = document.get(name) if isinstance(document, dict) else None
    if type(found) is int and found != schema:
        raise UnusableFileError(messages.other_schema(found, newer=found > schema))
    if type(found) is not int or not isinstance(rows, list):
        raise UnusableFileError(messages.not_ours())
    return rows


def _readers(kind: type) -> Mapping[str, Callable[[Any], Any]]:
    """Return how each field's value is read, by the field's type; `X | None` is read as X."""
    types = {name: (get_args(hint) or (hint,))[0] for name, hint in get_type_hints(kind).items()}
    return {name: _reader(types[name]) for name in _defaults(kind)}


def _reader(kind: type) -> Callable[[Any], Any]:
    return (lambda value: kind(_text(value))) if issubclass(kind, StrEnum) else _READERS[kind]


def _refuse(value: Any) -> Any:
    raise ValueError(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else _refuse(value)


def _count(value: Any) -> int:
    return value if type(value) is int and 0 <= value <= _MOST else _refuse(value)


def _seconds(value: Any) -> float:
    is_number = type(value) is float and math.isfinite(value) and value >= 0
    return value if is_number else float(_count(value))


_READERS: Mapping[type, Callable[[Any], Any]] = {
    str: _text,
    int: _count,
    float: _seconds,
    date: lambda value: date.fromisoformat(_text(value)),
}
