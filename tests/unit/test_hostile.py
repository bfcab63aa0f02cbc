"""Text that nobody writes: time grows with its length, nothing raises, no word of it is lost."""

from __future__ import annotations

import gc
import re
import time
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from tests.site_settings import markdown_settings

_CONFIGURATION = markdown_settings()


def _render(text: str) -> str:
    return Markdown(**_CONFIGURATION).convert(text)


def _shown(html: str) -> str:
    return "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())


# Name, text of a size, that size for about a tenth of a second.
_GROWING: list[tuple[str, Any, int]] = [
    ("links", lambda n: "[a](b) " * n, 1200),
    ("images", lambda n: "![a](b) " * n, 1500),
    ("references", lambda n: "[a]: b\n\n" + "[a] " * n, 1500),
    ("references, each its own", lambda n: "".join(f"[{i}]: b\n\n[{i}]\n\n" for i in range(n)), 400),
    ("opening brackets", lambda n: "[" * n + "]", 700),
    ("opening brackets of images", lambda n: "![" * n + "]", 400),
    ("brackets closed and not", lambda n: "[a][" * n, 400),
    ("nested links", lambda n: "[a " * n + "](b)" * n, 500),
    ("emphasis", lambda n: "*a* __b__ " * n, 700),
    ("emphasis left open", lambda n: "*a _b **c " * n, 700),
    ("strikethrough", lambda n: "~a~ ~~b~~ " * n, 700),
    ("code", lambda n: "`a` ``b`` " * n, 1000),
    ("code left open", lambda n: "".join("`" * (i % 300) + "a " for i in range(n)), 1000),
    ("entities", lambda n: "&amp; &a; & " * n, 1500),
    ("tags", lambda n: "<b>a</b> " * n, 700),
    ("tags left open", lambda n: "<b <!-- <? <![CDATA[ " * n, 700),
    ("hard breaks", lambda n: "a\\\n" * n, 1500),
    ("bare addresses", lambda n: "www.a.b http://c d@e.f mailto:g@h.i " * n, 250),
    ("bare addresses in brackets", lambda n: "[www.a.b http://c d@e.f " * n, 300),
    ("protocols", lambda n: "mailto:http:www.@" * n, 10000),
    ("domains that are none", lambda n: "www._(www._" * n, 1000),
    ("end of an address", lambda n: "http://a.b/" + ").;&a;]" * n, 5000),
    ("marks of notes", lambda n: "[^a]: b\n\n" + "c[^a] " * n, 500),
    ("marks of notes left open", lambda n: "[^a]: b\n\n" + "[^" * n + "]", 700),
    ("notes", lambda n: "".join(f"a[^{i}]\n\n[^{i}]: b\n\n" for i in range(n)), 250),
    ("lines", lambda n: "a b\n" * n, 1500),
    ("paragraphs", lambda n: "a b\n\n" * n, 1500),
    ("one long word", lambda n: "aw" * n, 300000),
    ("one long line", lambda n: "mot: w. " * n, 30000),
    ("headings", lambda n: "# a\n" * n, 500),
    ("lists", lambda n: "- a\n  1. b\n" * n, 400),
    ("tasks", lambda n: "- [ ] a\n\n  b\n\n" * n, 300),
    ("nested lists and quotes", lambda n: ("> - " * 30 + "a\n\n") * n, 10),
    ("long table", lambda n: "|a|b|\n|-|-|\n" + "|c|d|\n" * n, 600),
    ("wide table", lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n|" + "b|" * n, 600),
    ("long code", lambda n: "```\n" + "a\n" * n, 30000),
    ("raw HTML", lambda n: "<div>\n" + "<a href=b>c</a> <\n" * n + "</div>\n", 1500),
    ("definitions left open", lambda n: "[a]: b 'c\n" * n, 1000),
    ("directives", lambda n: ":::tip[a]\nb\n:::\n" * n, 400),
]
# Four times the text may take so many times as long; what is quadratic takes up to sixteen times.
_MOST = 5.5


@pytest.mark.parametrize(("make", "size"), [pytest.param(row[1], row[2], id=row[0]) for row in _GROWING])
def test_time_grows_with_the_text(make: Any, size: int) -> None:
    ratios = []
    for _ in range(5):  # a busy machine may spoil one measure
        once, fourfold = _seconds(make(size)), _seconds(make(4 * size))
        ratios.append(fourfold / once)
        if ratios[-1] < _MOST:
            return
    pytest.fail(f"four times the text takes {', '.join(f'{ratio:.1f}' for ratio in ratios)} times as long")


def _seconds(text: str) -> float:
    markdown = Markdown(**_CONFIGURATION)
    gc.disable()  # it would go through all that other tests have left
    try:
        start = time.process_time()
        markdown.convert(text)
        return time.process_time() - start
    finally:
        gc.enable()


_PIECES = st.sampled_from([
    "\n", "\n\n", " ", "    ", "\t", "#", "- ", "> ", "1. ", "```", "~~~", "~", "~~", "*", "_", "`", "[", "]",
    "(", ")", "](", "![", "!", "<", ">", "</a>", "<b>", "<a href=x>", "<!--", "&", "&amp;", ";", "|",
    "\n|-|\n", ":::", ":::tip", ":::x[a]{#b .c d=e}\n", "{", "}", "{#x}", "=", '"', "'", "\\", "\\\n", "[^1]",
    "[^1]: ", "[a]: b\n", "[a]", "http://", "http://a.b", "www.", "www.a.b", "@", "a@b.c", "mailto:", "---\n",
    "===\n", "- [ ] ", "- [x] ", "> [!TIP]\n", "\u0002", "\u0003", "\x00", "\ufeff", "\u00a0", "é", "😀",
])  # fmt: skip


@given(st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=60).map("".join))
def test_any_text_renders_as_on_the_site(text: str) -> None:
    assert "\u0002" not in _render(text), "a placeholder of Python-Markdown was left over"


# -- pages whose every word is meant to be seen ----------------------------------------------------------

_WORD = st.integers(0, 10**6).map(lambda number: f"mot{number}fin")
_FORMS = [
    "{}", "*{}*", "**{}**", "_{}_", "~{}~", "~~{}~~", "`{}`", "``{}``", "[{}](/a)", "[{}](</a b> 'c')",
    "[{}]", "[{}][x]", "<b>{}</b>", "<kbd>{}</kbd>", "&lt;{}&gt;", "www.{}.fr", "https://{}.fr/(a)?b=c&d",
    "{}@a.fr", "<https://{}.fr>", "({})", "« {} »", "{}[^n]", "{}\\\n", "{}  \n", "a:{}", "\\*{}\\*",
    "![a](b){}", "${}", "<www.{}.fr>", "]{}", "[{}", "*{}", "{}_", "`{}", "~{}", "{{{}}}", "{}:::",
]  # fmt: skip
_INLINE = st.lists(
    st.tuples(st.sampled_from(_FORMS), _WORD).map(lambda pair: pair[0].format(pair[1])),
    min_size=1,
    max_size=5,
).map(" ".join)
_LINE = _INLINE.map(lambda text: re.sub(r"\s*\n", " ", text))


def _indented(text: str, first: str, others: str) -> str:
    lines = text.rstrip("\n").split("\n")
    return first + "\n".join([lines[0], *(others + line if line else "" for line in lines[1:])]) + "\n"


def _boxed(text: str, fence: str) -> str:
    return f"{fence}tip\n{text}{fence}\n"


_LEAVES = st.one_of(
    _INLINE.map("{}\n".format),
    _LINE.map("## {}\n".format),
    _LINE.map(lambda line: f"{line}\n---\n"),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda lines: "```py\n" + "\n".join(lines) + "\n```\n"),
    st.lists(_LINE.map(lambda line: line.replace("|", "")), min_size=1, max_size=3).map(
        lambda cells: "| a |\n| :-: |\n" + "".join(f"| {cell} |\n" for cell in cells)
    ),
    st.lists(_LINE, min_size=1, max_size=3).map(lambda items: "".join(f"- [x] {item}\n" for item in items)),
)
_PAGES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("\n".join),
        inner.map(lambda text: _indented(text, "- ", "  ")),
        inner.map(lambda text: _indented(text, "10. ", "    ")),
        inner.map(lambda text: "".join(f"> {line}\n" for line in text.rstrip("\n").split("\n"))),
        inner.map(
            lambda text: ":" * (3 + text.count(":::")) + f"tip\n{text}" + ":" * (3 + text.count(":::"))
        ),
        inner.map(lambda text: f"<div>\n\n{text}\n</div>\n"),
    ),
    max_leaves=8,
)


@given(_PAGES)
def test_every_word_is_seen(page: str) -> None:
    shown = _shown(_render(page + "\n\n[x]: /y\n\n[^n]: note\n"))
    missing = [word for word in re.findall(r"mot\d+fin", page) if word not in shown]
    assert not missing
