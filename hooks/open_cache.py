"""The cache of builds, in build/cache/: opened before the first stage, closed behind the last."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger

import coursekit
from coursekit import cache, messages
from coursekit.fingerprints import is_packaged, version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig

_FILE = Path("build", "cache", "pages.sqlite")

_log = get_plugin_logger("cache")
_is_partial = False  # `mkdocs build --dirty` renders changed pages only


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_partial  # noqa: PLW0603
    _is_partial = dirty


@event_priority(1000)  # before every stage
def on_config(config: MkDocsConfig) -> None:
    """Open it, unless COURSE_CACHE=0 says not to."""
    root = Path(config.config_file_path).parent
    if os.environ.get("COURSE_CACHE") == "0" or _is_partial:
        cache.use(cache.Cache(None, "", _tell))
        return
    known = version([Path(coursekit.__file__).parent], _own_python(root, config["hooks"]))
    cache.use(cache.Cache(root / _FILE, known, _tell))


@event_priority(-1000)  # behind every stage
def on_post_build(config: MkDocsConfig) -> None:
    """Write what is new, and forget what this build did not use."""
    cache.current().close(is_whole=True)


def on_build_error(error: Exception) -> None:
    """Write what is new: what was rendered until then is sound."""
    cache.current().close(is_whole=False)


def _own_python(root: Path, hooks: Iterable[str]) -> list[Path]:
    """Return the files that stages are made of: hooks, wherever they are, and what of the project is loaded.

    The engine is told as a whole: what of it is loaded changes from build to build of one process.
    """
    main = sys.modules.get("__main__")  # whoever builds, which may have several names
    modules = [module for module in list(sys.modules.values()) if module is not main]
    files = {file for module in modules if (file := getattr(module, "__file__", None))}
    ours = {file for file in files if file.startswith(f"{root}{os.sep}") and not is_packaged(file)}
    paths = {Path(file).resolve() for file in ours | {str(root / hook) for hook in hooks}}
    engine = Path(coursekit.__file__).resolve().parent
    return sorted(path for path in paths if not path.is_relative_to(engine))


def _tell(reason: str) -> None:
    _log.info("%s", messages.lost_cache(reason))
