"""Mermaid diagrams: drawn, described, harmless, bounded, and kept from one build to the next."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import xml.etree.ElementTree as etree
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import cache
from coursekit.markdown import diagrams
from coursekit.markdown.diagrams import LONGEST_SOURCE, Diagram, Fault, draw, palette, pele, svg
from tests.cases_data import cases
from tests.conftest import ROOT
from tests.loading import load_file
from tests.rendering import render

SVG = "{http://www.w3.org/2000/svg}"
SMALL = "graph LR\n  A[é] --> B"

# What a drawing may be made of; anything else could reach beyond it.
ELEMENTS = {"svg", "g", "text", "tspan", "path", "rect", "circle", "ellipse", "line", "polygon", "polyline"}
UNSAFE = re.compile(r"url\(|javascript:|@import|expression|&#|\bon\w+=|var\(|href|\bid=", re.IGNORECASE)


def drawn(source: str) -> Diagram:
    diagram = draw(source)
    assert isinstance(diagram, Diagram), diagram
    return diagram


def words(element: etree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@cases("markdown/diagrams")
def test_diagrams(case: dict[str, Any]) -> None:
    result = draw(case["source"])
    if "fault" in case:
        assert result == Fault(*case["fault"])
        return
    assert isinstance(result, Diagram)
    root = etree.fromstring(result.svg)
    texts = [words(text) for text in root.iter(f"{SVG}text")]
    assert [text for text in case["texts"] if text not in texts] == []
    assert root.get("role") == "img"
    assert root.get("aria-label", "").startswith(case.get("description", ""))
    assert root.get("aria-label")


@cases("markdown/diagrams")
def test_a_drawing_is_shapes_and_text_alone(case: dict[str, Any]) -> None:
    result = draw(case["source"])
    if isinstance(result, Diagram):
        root = etree.fromstring(result.svg)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS
        for element in root.iter():
            for name, value in element.attrib.items():
                assert name == "aria-label" or not UNSAFE.search(f"{name}={value}"), (name, value)


@pytest.mark.parametrize(
    "line",
    [
        'A["<script>alert(1)</script>"]',
        'A["<img src=x onerror=alert(1)>"]',
        'click A href "javascript:alert(1)"',
        "click A call alert(1)",
        "style A fill:url(https://exemple.org/x)",
        "style A fill:#fff;stroke:red,background:url(//exemple.org)",
        "classDef x fill:red,behavior:url(x)",
        'A@{ img: "https://exemple.org/x.png", label: "x" }',
        'A["`<svg onload=alert(1)>`"]',
        "linkStyle 0 stroke:expression(alert(1))",
    ],
)
def test_what_an_author_writes_leads_nowhere(line: str) -> None:
    result = draw(f"{SMALL}\n  {line}")
    if isinstance(result, Diagram):
        root = etree.fromstring(result.svg)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS
        painted = [
            value for element in root.iter() for name, value in element.items() if name != "aria-label"
        ]
        assert not any(re.search(r"exemple|script|alert|url", value) for value in painted)


@pytest.mark.parametrize(
    "hostile",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><rect width="1"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><b/></foreignObject><rect width="1"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "x";</style><rect width="1"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="//x"><text>x</text></a><rect width="1"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect width="1" fill="url(#x)" style="fill:url(x)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="#x"/><rect width="1" id="x" class="y"/></svg>',
    ],
)
def test_what_is_not_known_to_be_harmless_is_left_out(hostile: str) -> None:
    root = svg.read(hostile)
    assert root is not None
    cleaned = svg.clean(root)
    assert cleaned is not None
    assert [element.tag for element in cleaned.iter()] == ["svg", "rect"]
    assert cleaned[0].attrib == {"width": "1"}
    assert set(cleaned.attrib) == {"font-family", "font-size"}


def test_a_drawing_too_deep_is_refused() -> None:
    root = svg.read('<svg xmlns="http://www.w3.org/2000/svg">' + "<g>" * 500 + "</g>" * 500 + "</svg>")
    assert root is not None
    assert svg.clean(root) is None


@pytest.mark.parametrize(
    "source",
    [
        "graph LR\n" + "\n".join(f"N{i}-->N{i + 1}" for i in range(10_000)),
        "graph LR\nA[" + "x" * 1_000_000 + "]",
        "gitGraph\n" + "commit\n" * 4000,
        "x" * (LONGEST_SOURCE + 1),
    ],
    ids=["10,000 nodes", "1 MB of text", "a drawing of more than 1 MB", "one character more"],
)
def test_what_is_beyond_the_bounds_is_told(source: str) -> None:
    assert draw(source) == Fault("limit")


def test_a_diagram_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pele, "_SECONDS", 0.1)
    monkeypatch.setattr(pele, "_local", threading.local())
    assert draw("graph LR\n" + "\n".join(f"N{i % 60} --> N{i * 7 % 61}" for i in range(499))) == Fault(
        "limit"
    )
    assert isinstance(draw(SMALL), Diagram)


@pytest.mark.parametrize(
    "source",
    [
        "graph LR\nA[" + "[" * 5000,
        "graph LR\n" + "subgraph S\n" * 1500 + "A-->B\n" + "end\n" * 1500,
        "---\na: " + "[" * 20_000 + "\n---\ngraph LR\nA-->B",
        "graph LR\n" + 'A["' * 8000,
        "%%{init: " + "{" * 20_000 + "}%%\ngraph LR\nA-->B",
        "mindmap\n" + "\n".join(" " * i + "n" for i in range(280)),
    ],
    ids=["brackets", "subgraphs", "YAML", "quotes", "directive", "mindmap"],
)
def test_hostile_sources_end(source: str) -> None:
    assert isinstance(draw(source), Diagram | Fault)
    assert isinstance(draw(SMALL), Diagram)  # the next diagram does not suffer


_KINDS = ["graph LR\n", "sequenceDiagram\n", "classDiagram\n", "stateDiagram-v2\n", "mindmap\n", ""]
_PARTS = [
    "A", "[é]", "-->", "->>", ":", " ", "\n", "\n  ", "{", "}", "(", ")", "|", '"', "<", "&", "end",
    "subgraph ", "note ", "%%", "---\n", "style A fill:", "#fff", ";", "\x00", "😀",
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(_KINDS), st.lists(st.sampled_from(_PARTS), max_size=30))
def test_any_source_is_drawn_or_refused(kind: str, parts: list[str]) -> None:
    source = kind + "".join(parts)
    result = draw(source)
    if isinstance(result, Diagram):
        etree.fromstring(result.svg)
    else:
        assert 0 <= result.line <= source.count("\n") + 1


def test_a_drawing_is_the_same_every_time() -> None:
    gantt = "gantt\n  dateFormat YYYY-MM-DD\n  Étude : a, 2020-01-01, 9000d\n"
    assert drawn(gantt) == drawn(gantt)
    assert draw("gitGraph\n  commit\n  commit") == draw("gitGraph\n  commit\n  commit")


def test_only_a_wide_drawing_scrolls() -> None:
    chain = " --> ".join(f"N{i}[Étape {i}]" for i in range(12))
    assert "min-width" not in drawn(SMALL).svg
    assert not drawn(SMALL).scrolls
    assert drawn(f"graph LR\n  {chain}").scrolls


def test_text_on_an_author_s_colour_is_black_or_white() -> None:
    styled = drawn("graph LR\n  A[pâle]\n  B[foncé]\n  style A fill:#ffe\n  style B fill:#112\n").svg
    assert re.search(r'<text fill="#000"[^>]*>pâle', styled)
    assert re.search(r'<text fill="#fff"[^>]*>foncé', styled)


def test_what_stands_on_an_author_s_area_keeps_the_light_scheme() -> None:
    assert 'class="on-white"' in drawn("graph LR\n  subgraph S\n    A\n  end\n  style S fill:#eef\n").svg
    assert 'class="on-white"' not in drawn("graph LR\n  subgraph S\n    A\n  end\n  style A fill:#eef\n").svg


def test_every_role_has_a_dark_colour() -> None:
    css = (ROOT / "overrides/assets/stylesheets/course.css").read_text(encoding="utf-8")
    assert len(set(palette.ROLES.values())) == len(palette.ROLES)
    for role, colour in palette.ROLES.items():
        for name in ("fill", "stroke"):
            assert f'[{name}="{colour}"]' in css, role


# -- on a page -----------------------------------------------------------------------------------------


def test_the_figure_carries_its_source() -> None:
    source = 'graph TD\n  A["é &amp; <b>x</b>"] --> B'
    html, document = render(f"```mermaid\n{source}\n```\n")
    figure = html5lib.parseFragment(html, namespaceHTMLElements=False).find("figure")
    assert figure is not None
    assert figure.attrib == {"class": "diagram", "data-mermaid": source}
    assert figure.find("{*}svg") is not None or figure.find("svg") is not None
    assert document.problems == []


def test_two_diagrams_share_no_identifier() -> None:
    html, _ = render(f"```mermaid\n{SMALL}\n```\n\n- x\n\n  ```mermaid\n  accTitle: x\n  {SMALL}\n  ```\n")
    assert re.findall(r'\bid="[^"]*"', html) == []


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("Texte.\n\n```mermaid\ngraph LR\n  A[x --> B\n  B --> C\n```\n", 12, "illisible"),
        ("> - ```mermaid\n>   graph LR\n>     A -->\n>     --> B\n>   ```\n", 10, "illisible"),
        ("```mermaid\n---\ntitle: x\n---\nflowchar LR\n```\n", 7, "« flowchar », le code"),
        ("```mermaid\n%% note\nflowchar LR\n```\n", 7, "vouliez-vous dire « flowchart » ?"),
        ("```mermaid\n```\n", 7, "type de diagramme inconnu"),
        ("```mermaid\ngraph LR\nA[" + "x" * 60_000 + "]\n```\n", 7, "trop grand"),
    ],
)
def test_a_diagram_that_is_not_drawn_is_told_and_shown(text: str, line: int, expected: str) -> None:
    html, document = render(text, first_line=7)
    assert [problem.line for problem in document.problems] == [line]
    assert expected in document.problems[0].message
    figure = html5lib.parseFragment(html, namespaceHTMLElements=False).find(".//figure")
    assert figure is not None
    assert "".join(figure.itertext()).removesuffix("\n") == figure.get("data-mermaid")


def test_whoever_embeds_the_front_end_may_draw() -> None:
    html, _ = render(
        "```mermaid\nx\n```\n", draw=lambda source: Diagram(f"<svg>{source}!</svg>", scrolls=True)
    )
    assert html == '<figure class="diagram" data-mermaid="x" tabindex="0"><svg>x!</svg></figure>'


def test_drawing_starts_no_thread() -> None:
    """A process that has several is not forked, and would render all pages alone."""
    code = "import threading; from coursekit.markdown.diagrams import draw, pele; pele.prepare(); "
    code += f"draw({SMALL!r}); print(threading.active_count())"
    assert int(subprocess.check_output([sys.executable, "-c", code])) == 1


# -- kept drawings -------------------------------------------------------------------------------------


@pytest.fixture
def hook() -> ModuleType:
    return load_file("hooks/draw_diagrams.py")


@pytest.fixture
def reopen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """End a build, and start the next one with what it kept."""
    monkeypatch.setattr(cache, "_current", cache.Cache(None, "", lambda reason: None))

    def reopened() -> None:
        cache.current().close(is_whole=True)
        cache.use(cache.Cache(tmp_path / "pages.sqlite", "1", lambda reason: None))

    reopened()
    return reopened


def test_a_drawing_is_made_once(
    hook: ModuleType, reopen: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = hook._draw(SMALL)
    assert first == drawn(SMALL)
    monkeypatch.setattr(diagrams, "draw", lambda source: pytest.fail("drawn again"))
    assert hook._draw(SMALL) == first
    reopen()
    assert hook._draw(SMALL) == first


def test_a_fault_is_not_kept(
    hook: ModuleType, reopen: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hook._draw("rien") == Fault("unknown")
    reopen()
    monkeypatch.setattr(diagrams, "draw", lambda source: Fault("limit"))
    assert hook._draw("rien") == Fault("limit")
