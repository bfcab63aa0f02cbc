"""Templates as Python's code, kept from build to build: to compile them takes longer than to write a page.

Where filters and tests are given constants (`{{ "2026" | in_french }}`), Jinja calls them as it compiles, so
that they belong to the key. A template that names one of which it cannot be told what it gives is compiled
anew each time.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from coursekit import cache
from coursekit.fingerprints import UnknownValueError, fingerprint

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Have Jinja ask here."""
    env.bytecode_cache = _Compiled()


class _Bucket(Bucket):
    """What stands for a template; without a key where its code is not kept."""

    kept_under: bytes | None = None


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self._asked: list[object] = []  # filters and tests
        self._known: tuple[bytes, frozenset[str]] = b"", frozenset()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return what stands for a template, with its code where that is kept."""
        if self._asked != [environment.filters, environment.tests]:  # a plugin may have added its own
            self._asked = [environment.filters.copy(), environment.tests.copy()]
            self._known = _environment(environment)
        key, unknown = self._known
        checksum = self.get_source_checksum(source)
        bucket = _Bucket(environment, self.get_cache_key(name, filename), checksum)
        if not any(one in source for one in unknown):
            bucket.kept_under = fingerprint([checksum, key.hex()])
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        if (key := _key(bucket)) and (code := cache.current().get(f"template/{bucket.key}", key)):
            bucket.bytecode_from_string(base64.b64decode(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if key := _key(bucket):
            code = base64.b64encode(bucket.bytecode_to_string()).decode()
            cache.current().put(f"template/{bucket.key}", key, code)


def _key(bucket: Bucket) -> bytes | None:
    return bucket.kept_under if isinstance(bucket, _Bucket) else None


def _environment(environment: Environment) -> tuple[bytes, frozenset[str]]:
    """Return what stands for all that templates are compiled with, and what of it is unknown, by name."""
    known, unknown = {}, set()
    for kind, functions in (("filter", environment.filters), ("test", environment.tests)):
        for name, function in functions.items():
            try:
                known[f"{kind} {name}"] = fingerprint(function).hex()
            except UnknownValueError:
                unknown.add(name)
    return fingerprint([sorted(environment.extensions), known]), frozenset(unknown)
