"""The front end alone: `Markdown(extensions=["coursekit.markdown"])`."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from coursekit.links.anchors import anchors
from coursekit.markdown.fences import parse_info
from coursekit.markdown.front_matter import as_json, from_json, split
from tests.cases_data import cases
from tests.rendering import render


@cases("markdown/commonmark")
def test_commonmark(case: dict[str, str]) -> None:
    assert render(case["markdown"])[0] == case["html"]


@cases("markdown/directives")
def test_directives(case: dict[str, str]) -> None:
    assert render(case["markdown"])[0] == case["html"]


@cases("markdown/problems", "markdown/mathematics_problems")
def test_problems_name_their_line(case: dict[str, Any]) -> None:
    _, document = render(case["markdown"], first_line=8)
    expected = case["problems"]
    assert [problem.line for problem in document.problems] == [line + 7 for line, _ in expected]
    for problem, (_, words) in zip(document.problems, expected, strict=True):
        assert words in problem.message


@cases("markdown/front_matter")
def test_front_matter(case: dict[str, Any]) -> None:
    page = split(case["text"])
    assert (page.meta, page.body, page.first_line) == (case["meta"], case["body"], case["first_line"])
    assert [problem.line for problem in page.problems] == [line for line, _ in case["problems"]]
    for problem, (_, words) in zip(page.problems, case["problems"], strict=True):
        assert words in problem.message


@pytest.mark.parametrize("mark", ["[", "{", "- ", "? ", "[{a: "])
def test_front_matter_nested_without_end_is_a_problem(mark: str) -> None:
    """The YAML reader written in C ends Python itself on this."""
    page = split(f"---\ntitle: A\nk:\n  {mark * 30000}\n---\nB\n")
    assert (page.body, len(page.problems)) == ("B\n", 1)


# Each alias doubles what stands for it: a few lines of YAML would be gigabytes of JSON.
ALIASES = "---\na0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
KEPT = {
    "plain": ("---\ntitle: É\ntags: [a, b]\norder: 1.5\nk: {l: [true, null]}\n---\n\n# A\n", True),
    "none": ("# A\n", True),
    "not closed": ("---\ntitle: A\n\nTexte\n", True),
    "a fault, and its line": ("---\ntitle: [\n---\nA\n", True),
    "TOML": ("+++\ntitle = 1\n+++\nA\n", True),
    "dates": ("---\ndate: 2026-11-29\n---\nA\n", False),
    "keys that are numbers": ("---\nk: {1: a}\n---\nA\n", False),
    "what is not equal to itself": ("---\nk: .nan\n---\nA\n", False),
    "aliases of aliases": (ALIASES + "---\nA\n", False),
    "line ends of Windows": ("---\r\ntitle: A\r\n---\r\nB\r\n", False),
}


@pytest.mark.parametrize(("text", "is_kept"), KEPT.values(), ids=KEPT)
def test_a_front_matter_is_kept_where_json_gives_it_back(text: str, is_kept: bool) -> None:
    known = as_json(text)
    assert (known is not None) == is_kept
    if known is not None:
        assert from_json(known, text) == split(text)


@given(st.text(alphabet="-é: \n[]{}&*1.", max_size=40).map(lambda text: f"---\n{text}"))
def test_any_front_matter_that_is_kept_is_given_back(text: str) -> None:
    if known := as_json(text):
        assert from_json(known, text) == split(text)


@cases("markdown/info_strings")
def test_info_strings(case: dict[str, Any]) -> None:
    info = parse_info(case["info"])
    assert (info.language, info.options) == (case["language"], case["options"])


def test_links_know_their_line() -> None:
    text = """\
Un [a](/1) et `du
code` puis ![une *image*](2.png)
<https://exemple.org/3> et [deux
lignes](/4 "titre
long") fin https://exemple.org/5
<img src="/6" alt="x">

<div>

<a
  href="/7">x</a>
</div>

| t |
|---|
| [b](/8) |

> - :::tip[Voir [c](/9)]
>   [d](/10)
>   :::

une ligne
a@exemple.org
"""
    _, document = render(text, first_line=5)
    assert [(link.url, link.line - 4, link.kind, link.raw) for link in document.links] == [
        ("/1", 1, "link", False),
        ("2.png", 2, "image", False),
        ("https://exemple.org/3", 3, "link", False),
        ("/4", 3, "link", False),
        ("https://exemple.org/5", 5, "link", False),
        ("/6", 6, "image", True),
        ("/7", 10, "link", True),
        ("/8", 16, "link", False),
        ("/9", 18, "link", False),
        ("/10", 19, "link", False),
        ("mailto:a@exemple.org", 23, "link", False),
    ]
    assert document.links[1].text == "une image"


@cases("markdown/raw_html")
def test_links_in_raw_html(case: dict[str, Any]) -> None:
    html, document = render(case["markdown"], resolve=lambda link: f"/base{link.url}")
    assert html == case["html"]
    assert [link.url for link in document.links] == case["urls"]


def test_links_are_resolved_in_markdown() -> None:
    html, _ = render("[a](/1) ![b](/2)\n", resolve=lambda link: f"/base{link.url}?a&b")
    assert 'href="/base/1?a&amp;b"' in html
    assert 'src="/base/2?a&amp;b"' in html


def test_places_to_link_to() -> None:
    text = '# Été\n\n<a name="vieux"></a> `<b id="x">`\n\n:::tip{#boite}\nx[^n]\n:::\n\n[^n]: y\n'
    text += '\n<p id="p">z</p>\n'
    html, _ = render(text)
    assert anchors(html) == sorted({"été", "vieux", "boite", "fn:n", "fnref:n", "p"})


def test_other_extensions_still_work() -> None:
    """The canary for Python-Markdown's and superfences' inner workings that the front end leans on."""
    md = Markdown(
        extensions=[
            "pymdownx.superfences",
            "coursekit.markdown",
            "toc",
            "pymdownx.keys",
            "pymdownx.highlight",
        ],
        extension_configs={
            "toc": {"permalink": True},
            "pymdownx.highlight": {"pygments_lang_class": True, "stripnl": False},
        },
    )
    html = md.convert('# Été\n\nTape ++ctrl+c++ pas `++a++`.\n\n```py title="a.py" {1}\n\nx = 1\t# y\n```\n')
    assert [token["id"] for token in md.toc_tokens] == ["été"]  # type: ignore[attr-defined]
    assert 'class="headerlink"' in html
    assert '<kbd class="key-control">' in html
    assert "<code>++a++</code>" in html
    assert '<div class="language-py highlight"><span class="filename">a.py</span>' in html
    assert 'class="hll"' in html
    code = re.sub(r"<[^>]+>", "", html[html.index("<code>", html.index("filename")) :])
    assert code == "\nx = 1\t# y\n"


def test_deep_emphasis_does_not_exhaust_extensions_that_recurse() -> None:
    text = "~~a *" * 1000 + "mot" + "*~~" * 1000
    assert "mot" in Markdown(extensions=["coursekit.markdown", "toc"]).convert(text)


def test_placeholders_of_other_preprocessors_are_kept() -> None:
    """Critic runs before the source is taken, and leaves marks that its postprocessor looks for."""
    html = Markdown(extensions=["coursekit.markdown", "pymdownx.critic"]).convert("a {--b--} {++c++}\n")
    assert html == '<p>a <del class="critic">b</del> <ins class="critic">c</ins></p>'


def test_a_mermaid_fence_keeps_its_source_and_calls_no_script() -> None:
    html, _ = render('```mermaid\ngraph TD\n  A["é"] --> B\n```\n')
    figure = html5lib.parseFragment(html, namespaceHTMLElements=False).find("figure")
    assert figure is not None
    assert figure.get("data-mermaid") == 'graph TD\n  A["é"] --> B'
    assert "".join(figure.itertext()).split() == ["é", "B"]
    assert 'class="mermaid"' not in html


_MARKUP = st.sampled_from([
    "\n", "\n\n", " ", "    ", "\t", "#", "- ", "> ", "1. ", "```", "~~~", "~", "*", "_", "`", "[", "]", "(",
    ")", "!", "<", ">", "</a>", "<b>", "&", ";", "|", "|-|\n", ":::", ":::tip", "{", "}", "#x", "=", '"',
    "\\", "[^1]", "[^1]: ", "http://", "www.", "@", "---\n", "- [ ] ", "> [!TIP]\n", "\u0002", "\u0003",
    "\x00", "é",
])  # fmt: skip


@given(st.lists(st.one_of(_MARKUP, st.text(max_size=5)), max_size=40).map("".join))
def test_any_text_renders(text: str) -> None:
    page = split(text)
    html, _ = render(page.body, first_line=page.first_line)
    assert "\u0002" not in html, "a placeholder of Python-Markdown was left over"


@given(st.lists(st.one_of(_MARKUP, st.from_regex(r"[a-zé]{3,6}", fullmatch=True)), max_size=30).map("".join))
def test_no_word_is_lost(text: str) -> None:
    """Words stay visible, or are part of a link's destination, an attribute or a definition."""
    text = re.sub(r"[<&\[\]!{}\x00\u0002\u0003]", "", text)  # tags, entities, references and attributes hide
    html, _ = render(text)
    shown = "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())
    infos = re.findall(r"(?:```+|~~~+)([^\n]*)", text)
    for word in re.findall(r"[a-zé]{3,6}", text):
        if word == "tip":  # the directive's name gives way to its title
            continue
        # An unknown directive's name is shown with a capital.
        assert word in shown.lower() or any(word in info for info in infos)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * 2000 + "mot", id="quotes"),
        pytest.param("- " * 2000 + "mot", id="lists"),
        pytest.param("[" * 20000 + "mot", id="brackets"),
        pytest.param("*" * 20000 + "mot" + "_" * 20000, id="stars"),
        pytest.param("`" * 20000 + "mot", id="backquotes"),
        pytest.param("<" * 20000 + "mot", id="less-than signs"),
        pytest.param(":::tip\n" * 3000 + "mot\n", id="open directives"),
        pytest.param(":" * 100000 + "tip mot", id="colons"),
        pytest.param("mot " * 100000, id="long line"),
        pytest.param("a:b " * 50000 + "mot", id="colons in a line"),
        pytest.param("| a |\n|---|\n" + "| b |\n" * 3000 + "mot", id="long table"),
    ],
)
def test_hostile_text_neither_raises_nor_hangs(text: str) -> None:
    html, document = render(text)
    assert "mot" in html or any("trop profondément" in problem.message for problem in document.problems)
