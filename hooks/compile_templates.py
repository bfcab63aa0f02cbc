"""Templates as Python's code, kept from build to build: to compile them takes longer than to write a page.

Jinja calls filters and tests while it compiles where they are given constants (`{{ "2026" | in_french }}`):
they belong to the key. With one of which it cannot be told what it gives, nothing is kept.

A build that writes no page asks for no template. All stay, as long as their files do: the next edit wants
them.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache
from mkdocs.plugins import event_priority

from coursekit import cache
from coursekit.fingerprints import UnknownValueError, fingerprint

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


@event_priority(-1000)  # once every plugin has prepared the environment
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Have Jinja ask here."""
    functions = [dict(sorted(some.items())) for some in (env.filters, env.tests)]
    with suppress(UnknownValueError):
        env.bytecode_cache = _Compiled(fingerprint([sorted(env.extensions), functions]))


class _Compiled(BytecodeCache):
    def __init__(self, environment: bytes) -> None:
        """`environment` stands for all that templates are compiled with."""
        self._environment = environment
        known: dict[str, str] = cache.current().get("templates", environment) or {}
        self._files = {slot: file for slot, file in known.items() if Path(file).is_file()}
        cache.current().use(self._files)

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := cache.current().get(_slot(bucket), self._key(bucket)):
            bucket.bytecode_from_string(base64.b64decode(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = base64.b64encode(bucket.bytecode_to_string()).decode()
        cache.current().put(_slot(bucket), self._key(bucket), code)
        if bucket.code:
            self._files[_slot(bucket)] = bucket.code.co_filename
            cache.current().put("templates", self._environment, self._files)

    def _key(self, bucket: Bucket) -> bytes:
        return fingerprint([bucket.checksum, self._environment.hex()])


def _slot(bucket: Bucket) -> str:
    return f"template/{bucket.key}"
