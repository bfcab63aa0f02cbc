"""Raw HTML leaves the theme's elements around the page alone."""

from __future__ import annotations

from typing import Any

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from tests.cases_data import cases
from tests.rendering import render


@cases("markdown/authors")
def test_raw_html(case: dict[str, Any]) -> None:
    html, document = render(case["markdown"])
    assert html == case["html"]
    assert [problem.line for problem in document.problems] == [line for line, _ in case["problems"]]
    for problem, (_, words) in zip(document.problems, case["problems"], strict=True):
        assert words in problem.message


_NAMES = st.sampled_from([
    "div", "article", "table", "td", "b", "a", "p", "li", "ul", "dt", "dd", "h1", "iframe", "textarea",
    "style", "title", "template", "details", "br", "plaintext", "x-y", "blockquote",
])  # fmt: skip
_PIECES = st.one_of(
    st.builds("<{}>".format, _NAMES),
    st.builds("</{}>".format, _NAMES),
    st.builds("<{} a='>'/>".format, _NAMES),
    st.sampled_from([
        "\n", "\n\n", "- ", "> ", "mot", "*", "<svg><title>a</title><g/></svg>", "<!--", "-->", "<div ", "<?",
        "<![CDATA[", '"', "'",
    ]),
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_the_theme_stays_around_the_page(text: str) -> None:
    page = f'<main><div><article>{render(text)[0]}</article></div></main><footer id="end"><p>fin</p></footer>'
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    assert body is not None
    assert [element.tag for element in body] == ["main", "footer"]
    assert [element.tag for element in body[1]] == ["p"]
    assert body[1][0].text == "fin"
