"""External links asked while the site is built, where `extra.course.links.check: live` wants it.

Whatever they answer, the build goes on: a foreign site's death must not stop a publication.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import event_priority, get_plugin_logger

from coursekit.links import messages, registered, settings
from coursekit.problem import Problem, UnusableSettingError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from coursekit.links.checking.results import Result

_log = get_plugin_logger("liens")
_is_build = False  # not `mkdocs serve`, which builds at each change
_is_live = False


def on_startup(command: str, dirty: bool) -> None:
    """Take note of how MkDocs was started."""
    global _is_build  # noqa: PLW0603
    _is_build = command == "build" and not dirty


def on_config(config: MkDocsConfig) -> None:
    """Read the setting."""
    global _is_live  # noqa: PLW0603
    try:
        _is_live = _is_build and settings.checks_live(config.extra.get("course") or {})
    except UnusableSettingError as error:
        raise ConfigurationError(str(error)) from error


@event_priority(-100)  # once the register is written
def on_post_build(config: MkDocsConfig) -> None:
    """Ask every external link, and tell what is dead."""
    if not _is_live:
        return
    known = registered.load((Path(config.config_file_path).parent / "build/links.json").read_bytes())
    # Half a second to import, which builds that ask nobody do not pay.
    import asyncio  # noqa: PLC0415

    from coursekit.links.checking.check import Limits  # noqa: PLC0415
    from coursekit.links.checking.results import Question  # noqa: PLC0415
    from coursekit.network.asking import ask  # noqa: PLC0415

    found: list[Result] = []
    questions = [Question(url) for url in dict.fromkeys(link.url for link in known.links)]
    asyncio.run(ask(questions, found.append, contact=known.contact, limits=Limits()))
    results = {result.url: result for result in found}
    for link in known.links:
        result = results[link.url]
        if result.verdict.is_dead:
            told = messages.verdict_line(result.verdict, link.url, result.evidence, confirmed=False)
            _log.info("%s", Problem(link.line, told).at(link.file))
