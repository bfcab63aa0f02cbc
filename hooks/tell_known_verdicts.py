"""What the last nights found of the links, told as information at each build: nothing that could fail it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority, get_plugin_logger

from coursekit import messages as general
from coursekit.links import messages, registered
from coursekit.links.history.rows import UnusableFileError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_LEDGER = Path("build", "links-ledger.json")
_REGISTER = Path("build", "links.json")
_IGNORES = Path(".linkignore")

_log = get_plugin_logger("liens")
_is_partial = False  # `mkdocs build --dirty` leaves the register as it was, with the lines of then


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_partial  # noqa: PLW0603
    _is_partial = dirty


@event_priority(-100)  # once the register is written
def on_post_build(config: MkDocsConfig) -> None:
    """Tell them, each with its file and line."""
    if _is_partial:
        return
    project, file = Path(config.config_file_path).parent, _LEDGER
    if not (project / file).is_file():  # no night yet
        return
    # What only builds that follow a night need.
    from coursekit.links.history import ignores, ledger  # noqa: PLC0415
    from coursekit.links.reporting.known import known_verdicts  # noqa: PLC0415

    try:
        known = ledger.load((project / file).read_bytes())
        file = _REGISTER
        links = registered.load((project / file).read_bytes()).links
        file = _IGNORES
        lines = _text(project / file)
    except FileNotFoundError:  # nor a register
        return
    except (OSError, UnusableFileError) as error:
        reason = general.cannot_access(error) if isinstance(error, OSError) else str(error)
        _log.info("%s : %s", file.as_posix(), messages.unreadable_file(reason))
        return
    today = date.today()
    asked = ignores.apply(ignores.parse(lines)[0], [link.url for link in links], today).asked
    for path, problem in known_verdicts(known, links, asked, today):
        _log.info("%s", problem.at(path))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "surrogateescape")
    except FileNotFoundError:
        return ""
