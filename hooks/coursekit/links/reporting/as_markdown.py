"""The report as Markdown, for GitHub's issue and for a terminal: report.md.

What comes from elsewhere (texts of links, titles of pages, addresses) is hostile: it can make no mention, no
reference to an issue, no image and no link but its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from coursekit.dates import in_french
from coursekit.links import messages
from coursekit.links.checking.addresses import parse
from coursekit.links.reporting.findings import Located, Place, Report
from coursekit.links.reporting.sentences import printable, sentences

_MOST = 60_000  # characters; GitHub takes 65,536
_SPECIAL = re.compile(r"([\\`*_\[\]<>!|~$&{}])")
_CALLING = re.compile(r"(?<=[@#])(?=\w)|(?<=\bGH-)(?=\d)|(?<=\w)(?=://)|(?<=\bwww)(?=\.)", re.IGNORECASE)
_JOINER = "\u2060"  # keeps GitHub from reading a mention, an issue or an address; shows nothing
_REFERENCED = re.compile(r"(?:^|\.)github\.com$")  # its addresses make references in what they lead to
_LONGEST = 500  # characters of a text or an address: one page must not take the room of all others


def as_markdown(report: Report, *, files: str = "") -> str:
    """Return the report; `files` is the URL below which GitHub shows the sources, with its final `/`."""
    lines = [f"# {messages.REPORT_TITLE} : {messages.headline(report.broken)}", ""]
    counts = report.counts
    night = messages.night_done(in_french(counts.day), counts.links, counts.asked, counts.ignored)
    lines += [f"{night} {messages.night_cost(counts.requests, counts.bytes)}", ""]
    if counts.cut:
        lines += [_plain(messages.site_not_all_seen(counts.cut)), ""]
    body = list(_body(report, files))
    if not body and not counts.cut:
        lines.append(messages.all_is_well())
    return _cut(lines, body)


def _cut(lines: list[str], body: list[str]) -> str:
    """Put the report together, as far as GitHub takes it."""
    room = _MOST - sum(len(line) + 1 for line in lines) - 200
    for number, line in enumerate(body):
        room -= len(line) + 1
        if room < 0:
            rest = sum(one.startswith("- ") for one in body[number:])
            lines += ["", messages.left_out(rest)]
            break
        lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def _body(report: Report, files: str) -> Iterator[str]:
    if report.inside:
        yield from (f"## {messages.INSIDE_TITLE} ({len(report.inside)})", "", messages.INSIDE_MEND, "")
        for inside in report.inside:
            yield f"- {_place(inside.place, files)} : {_plain(inside.message)}"
        yield ""
    for section, count, courses in report.sections():
        yield from (f"## {messages.section_title(section, count)}", "", messages.section_mend(section), "")
        for course, of_files in courses:
            yield from (f"### {_plain(course) or messages.NO_COURSE}", "")
            for file, located in of_files:
                if file:
                    yield from (f"**{_plain(file)}**", "")
                for one in located:
                    yield from _finding(one, files)
                yield ""
    if report.warned:
        yield from (f"## {messages.IGNORES_TITLE}", "")
        yield from (f"- .linkignore:{one.line} : {_plain(one.message)}" for one in report.warned)


def _finding(one: Located, files: str) -> Iterator[str]:
    finding, first = one.finding, one.first
    text = f"« {_plain(first.text)} » → " if first.text and first.text != finding.url else ""
    place = f"{_place(first, files)} : " if first.file else ""
    yield f"- {place}{text}{_link(finding.url)}  "
    told = [_plain(sentence) + (f" {_link(url)}" if url else "") for sentence, url in sentences(finding)]
    if len(one.places) > 1:
        others = ", ".join(_place(place, files) for place in one.places[1:11])
        told.append(f"{messages.ALSO_AT} {others} {messages.and_others(len(one.places) - 11)}".rstrip())
    yield "  " + "  \n  ".join(map(_ended, told))


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(("?", "!", "…")) else f"{sentence}."


def _place(place: Place, files: str) -> str:
    if not files or not place.line:
        return _plain(place.shown)
    return f"[{_plain(place.shown)}](<{files}{quote(place.file, errors='replace')}?plain=1#L{place.line}>)"


def _link(url: str) -> str:
    """Return an address as a link, or as code where a link would call somebody."""
    address = parse(url) if len(url) <= _LONGEST else None
    if address is None or _REFERENCED.search(address.host) or not _is_plain(address.whole):
        return _code(url)
    return f"<{address.whole}>"


def _is_plain(url: str) -> bool:
    return url.isascii() and not re.search(r"[\s<>`|\\]", url) and urlsplit(url).username is None


def _code(text: str) -> str:
    clean = printable(text, _LONGEST)
    fence = "`" * (max((len(run) for run in re.findall("`+", clean)), default=0) + 1)
    return f"{fence} {clean} {fence}" if "`" in clean else f"`{clean}`"


def _plain(text: str) -> str:
    """Return text that shows as it is."""
    escaped = _SPECIAL.sub(r"\\\1", printable(text, _LONGEST))
    return _CALLING.sub(_JOINER, escaped)
