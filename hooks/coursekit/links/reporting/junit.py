"""The report as JUnit XML, for what shows the results of tests: junit.xml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from coursekit.links import messages
from coursekit.links.registered import Occurrence
from coursekit.links.reporting.findings import Finding, InsideFinding, Place, Report, Section
from coursekit.links.reporting.sentences import plain_sentences

# What XML 1.0 has no way to write, section 2.2; U+0085 and U+2028 it has.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_FAILED = (Section.NEW, Section.PERSISTENT)
_SKIPPED = (Section.SUSPECT, Section.BLOCKED)  # nothing is proven

_Case = tuple[str, int, str, Finding | InsideFinding | None]  # file, line, URL, what is wrong with it


def as_junit(report: Report, links: Iterable[Occurrence] = ()) -> str:
    """Return the report: a suite a file, a test a link and place; `links` are all those of the course.

    A link reported broken is a failure, one of which nothing is proven is skipped, any other passed.
    """
    cases = sorted({*_cases(report, links)}, key=lambda case: case[:3])
    root = Element("testsuites", name=messages.REPORT_TITLE)
    for file, of_file in groupby(cases, key=lambda case: case[0]):
        suite = SubElement(root, "testsuite", name=_xml(file or messages.NO_COURSE))
        for case in of_file:
            _add(suite, case)
        _count(suite)
    _count(root)
    indent(root, "")
    return tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _cases(report: Report, links: Iterable[Occurrence]) -> Iterable[_Case]:
    found = {finding.url: finding for finding in report.findings}
    placed = {place.url for place in report.places}
    everywhere: list[Occurrence | Place] = [*links, *report.places]
    for place in everywhere:
        yield place.file, place.line, place.url, found.get(place.url)
    for finding in report.findings:
        if finding.url not in placed:
            yield "", 0, finding.url, finding
    for inside in report.inside:
        yield inside.file, inside.line, inside.url, inside


def _add(suite: Element, case: _Case) -> None:
    file, line, url, found = case
    test = SubElement(suite, "testcase", classname=_xml(file or messages.NO_COURSE), name=_xml(url))
    if file:
        test.set("file", _xml(file))
    if line:
        test.set("line", str(line))
    if isinstance(found, InsideFinding):
        SubElement(test, "failure", type="inside", message=_xml(found.message))
    elif found and found.section in _FAILED:
        SubElement(test, "failure", type=_xml(found.verdict), message=_xml(found.evidence)).text = _xml(
            plain_sentences(found)
        )
    elif found and found.section in _SKIPPED:
        SubElement(test, "skipped", message=_xml(found.evidence))


def _count(element: Element) -> None:
    """Write how many tests an element holds."""
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _xml(text: str) -> str:
    return _IMPOSSIBLE.sub("\ufffd", text)
