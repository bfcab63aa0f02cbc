"""A page of the site that shows the last report of the link checker, where there is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.plugins import event_priority, get_plugin_logger

from coursekit import messages as general
from coursekit.dates import in_french
from coursekit.links import messages
from coursekit.links.history.rows import UnusableFileError

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from coursekit.links.reporting.findings import Report

# A template of the theme and no page: neither navigation, search, site map nor register of links see it.
_TEMPLATE = "rapport-liens/index.html"
_REPORT = Path("build", "links-report", "report.json")

_log = get_plugin_logger("liens")
_report: Report | None
_pages: frozenset[str]  # URLs of the site's pages, relative to its root


@event_priority(-100)  # once every plugin has added its files
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the page, unless its author has one of that name."""
    global _report, _pages  # noqa: PLW0603 - MkDocs keeps hook modules from one build to the next
    _pages = frozenset(file.url.removeprefix("./") for file in files.documentation_pages())
    taken = any(file.dest_uri == _TEMPLATE for file in files)
    _report = None if taken else _read(Path(config.config_file_path).parent / _REPORT)
    if _report:
        config.theme.static_templates.add(_TEMPLATE)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the template what makes foreign text harmless to show."""
    if _report:
        from coursekit.links.reporting.sentences import printable  # noqa: PLC0415 - as in _read

        env.filters["printable"] = printable


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Give the template the report."""
    if template_name != _TEMPLATE or not _report:
        return context
    from coursekit.links.reporting.sentences import openable, sentences  # noqa: PLC0415 - as in _read

    told = {"report": _report, "sections": list(_report.sections()), "pages": _pages}
    return (
        context
        | told
        | {"messages": messages, "in_french": in_french, "sentences": sentences, "href": openable}
    )


def _read(path: Path) -> Report | None:
    try:
        data = path.read_bytes()
        from coursekit.links.reporting import as_json  # noqa: PLC0415 - builds without a report do not need it

        return as_json.load(data)
    except FileNotFoundError:
        return None
    except (OSError, UnusableFileError) as error:
        reason = general.cannot_access(error) if isinstance(error, OSError) else str(error)
        _log.info("%s : %s", _REPORT.as_posix(), messages.unreadable_file(reason))
        return None
