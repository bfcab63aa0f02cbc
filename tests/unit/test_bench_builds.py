"""The parts of the benchmark of builds that could be wrong without anybody noticing."""

from __future__ import annotations

import xml.etree.ElementTree as etree

import pytest

from tests.bench.builds import plot, report
from tests.bench.builds.course import copies, course
from tests.bench.builds.figures import COLD, EDITED, ONE_PAGE, Cost, Figures, Measure, ratio, targets
from tests.bench.builds.generators import MATERIAL, OURS
from tests.bench.builds.project import differences, middle_page


def measures(name: str, times: int, kind: str, *cpu: float) -> list[Measure]:
    return [
        Measure(name, times, 10 * times or 1, kind, run, Cost(one, 1, 1e6, 1)) for run, one in enumerate(cpu)
    ]


FIGURES = Figures(
    measures(OURS, ONE_PAGE, COLD, 1.0, 1.0, 1.0)
    + measures(OURS, ONE_PAGE, EDITED, 1.0)
    + measures(OURS, 1, COLD, 9.0, 7.0, 30.0)
    + measures(OURS, 1, EDITED, 2.0)
    + measures(MATERIAL, 1, COLD, 10.0)
)


def test_medians_and_ratios() -> None:
    assert FIGURES.cpu((OURS, 1, COLD)) == 9
    assert FIGURES.cpu((OURS, 1, COLD), without_start=True) == 8
    assert FIGURES.ratio((OURS, 1, EDITED), (OURS, 1, COLD)) == pytest.approx(2 / 9)
    assert FIGURES.ratio((OURS, 1, EDITED), (OURS, 1, COLD), without_start=True) == pytest.approx(1 / 8)
    assert FIGURES.ratio((OURS, 10, COLD), (OURS, 1, COLD)) is None
    assert ratio(1, 0) is ratio(None, 1) is None


def test_targets_that_are_missed() -> None:
    missed = {target.text for target in targets(FIGURES) if target.is_missed}
    assert missed == {"one page edited, of own cold build, at 1×"}


def test_the_course_is_always_the_same_and_its_copies_are_not() -> None:
    assert course() == course()
    pages = dict(copies(course(), 2))
    assert len(pages) == 2 * len(course())
    assert len(set(pages.values())) == len(pages)


def test_the_page_in_the_middle() -> None:
    assert middle_page(["c.md", "a.md", "b/README.md", "b.png", "d.md"]) == "c.md"


def test_differences() -> None:
    assert differences({"a": b"1", "b": b"1"}, {"b": b"2", "c": b"1"}) == ["a", "b", "c"]


def test_the_plot_and_the_report_can_be_read() -> None:
    assert etree.fromstring(plot.svg(FIGURES)).tag.endswith("svg")
    text = report.markdown(FIGURES, targets(FIGURES), tree="10 pages", runs=3, differences=[])
    rows = [line for line in text.splitlines() if line.startswith("| 10 | cold |")]
    assert rows
    assert "9" in rows[0]
