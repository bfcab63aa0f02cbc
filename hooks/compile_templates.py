"""Templates as Python's code, kept from build to build: to compile them takes longer than to write a page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from coursekit import cache
from coursekit.fingerprints import fingerprint

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Have Jinja ask here."""
    env.bytecode_cache = _Compiled()


class _Compiled(BytecodeCache):
    def load_bytecode(self, bucket: Bucket) -> None:
        if code := cache.current().get(f"template/{bucket.key}", _source(bucket)):
            bucket.bytecode_from_string(base64.b64decode(code))

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = base64.b64encode(bucket.bytecode_to_string()).decode()
        cache.current().put(f"template/{bucket.key}", _source(bucket), code)


def _source(bucket: Bucket) -> bytes:
    return fingerprint([bucket.checksum, sorted(bucket.environment.extensions)])
