"""site/ is not cleaned before a build: files that would be written the same are left as they stand.

What is copied is left where neither it nor its copy has changed since: same size, same inode, same time of
the last change, which no program can set. `reuse_pages` does so for what templates write.

Where a plugin may look at what stands in the folder, MkDocs cleans and writes as ever.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs import utils
from mkdocs.plugins import event_priority

from coursekit import cache, site_folder
from coursekit.facts import digest
from coursekit.files import state
from coursekit.site_folder import SiteFolder

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_SLOTS = {command: f"copies/{command}" for command in ("build", "serve")}

# Those of our hooks that take part behind the last page: none looks at what stands in the folder.
_OURS = ("ask_links", "keep_site", "open_cache", "register_links", "reuse_pages", "tell_known_verdicts")
_FOLDER = Path(__file__).parent

_clean = utils.clean_directory
_command = ""
_sources: dict[str, list[Any]] = {}  # path of a copy below site/ -> what it is made from
_hidden: dict[str, list[int]] = {}  # path of a hidden copy that this build does not make -> its state


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _command  # noqa: PLW0603
    _command = command


@event_priority(-900)  # right before MkDocs cleans the folder
def on_pre_build(config: MkDocsConfig) -> None:
    """Have MkDocs find nothing to clean, once."""
    site_folder.use(None)
    if cache.current().is_kept and _is_ours_alone(config):
        utils.clean_directory = _look


def on_build_error(error: Exception) -> None:
    """Have MkDocs clean again, should the build have failed before it did."""
    utils.clean_directory = _clean


@event_priority(-2000)  # once every stage has added its files
def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Have files that would be copied the same left as they stand."""
    _sources.clear()
    _hidden.clear()
    if (folder := site_folder.current()) is None:
        return
    kept = cache.current().get(_SLOTS[_command], b"") or {}
    # What is written in the place of a copy would be taken for it.
    written = {*config.theme.static_templates, *config.extra_templates}
    written |= {file.dest_uri for file in files.documentation_pages()}
    places = written | {file.dest_uri for file in files}
    folder.make_way(f"{config.site_dir}/{place}" for place in places)
    gone = {uri: known for uri, (_, known) in kept.items() if known and uri not in places}
    _hidden.update({uri: known for uri, known in gone.items() if uri.startswith(".")})
    for file in files:
        if file.is_documentation_page():
            continue
        source = [] if file.dest_uri in written else _source(file)
        before, known = kept.get(file.dest_uri, (None, None))
        if source and before == source and folder.is_untouched(file.abs_dest_path, known):
            folder.leave(file.abs_dest_path)
            vars(file)["copy_file"] = lambda dirty=False: None
        else:
            folder.overwrite(file.abs_dest_path)
        if source:
            _sources[file.dest_uri] = source


@event_priority(-500)  # behind what writes into site/, before the cache is closed
def on_post_build(config: MkDocsConfig) -> None:
    """Remove what is left over from earlier builds, and take note of what was copied."""
    if (folder := site_folder.current()) is None:
        return
    folder.remove_leftovers()
    root = Path(config.site_dir)
    for uri, known in _hidden.items():
        folder.remove(str(root / uri), known)
    now = {uri: [source, folder.state(str(root / uri), _made(source))] for uri, source in _sources.items()}
    cache.current().put(_SLOTS[_command], b"", now)
    cache.current().use(_SLOTS.values())


def _look(directory: str) -> None:
    """Take note of what stands in the folder, in the place of cleaning it."""
    utils.clean_directory = _clean
    site_folder.use(SiteFolder(Path(directory)))


def _is_ours_alone(config: MkDocsConfig) -> bool:
    """Tell whether hooks alone take part in the build, and ours alone from where pages are written."""
    are_hooks = all(name in config.hooks for name in config.plugins)
    events = config.plugins.events
    is_written_only = not (events["post_page"] or events["post_template"])
    return are_hooks and is_written_only and all(map(_is_ours, events["post_build"]))


def _is_ours(method: Any) -> bool:
    file = Path(getattr(method, "__globals__", {}).get("__file__") or "")
    return file.stem in _OURS and file.parent == _FOLDER


def _made(source: list[Any]) -> int | None:
    """Return the checksum of what this build made; None for a copy of what stands on the disk."""
    return source[1] if len(source) == 2 else None


def _source(file: File) -> list[Any]:
    """Return what changes with what a file is a copy of; nothing where that is not known."""
    if file._content is not None:
        content = file.content_bytes
        return [digest(content).hex(), site_folder.checksum(content)]
    path = os.path.realpath(file.abs_src_path or "")
    known = state(path)
    return [path, *known] if known else []
