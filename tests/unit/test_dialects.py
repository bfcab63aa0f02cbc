"""Containers as authors of other tools write them: what is read, before it becomes a box."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it.token import Token

from coursekit.markdown.containers.callouts import CALLOUTS, Callouts
from coursekit.markdown.options import Options
from coursekit.markdown.parser import parser
from coursekit.problem import Problem
from tests.cases_data import cases

# Names are all that the grammar asks the table for.
TABLE = Callouts(
    dict.fromkeys(("tip", "note", "warning", "exo", "details", "définition", "TP"), CALLOUTS["tip"])
)

_WORDS = {"paragraph_open": "p", "bullet_list_open": "ul", "ordered_list_open": "ol", "list_item_open": "li"}


def parse(markdown: str) -> tuple[list[Token], list[Problem]]:
    env: dict[str, Any] = {"options": Options(first_line=8, callouts=TABLE), "problems": []}
    tokens = parser().parse(markdown, env)
    return tokens, sorted(env["problems"])


def outline(tokens: list[Token]) -> list[str]:
    """Return a line for each token that opens or is something, indented by its depth.

    A box: its name, the words `closed` and `open`, its attributes, its 1-based lines from first to last.
    """
    lines: list[str] = []
    depth = 0
    for token in tokens:
        depth -= token.nesting == -1
        if token.nesting >= 0 and (shown := _shown(token)):
            lines.append("  " * depth + shown)
        depth += token.nesting == 1
    assert depth == 0
    return lines


def _shown(token: Token) -> str:
    if token.type == "inline":
        return repr(token.content)
    if token.type in ("fence", "code_block"):
        return f"code {token.content!r}"
    words = [_WORDS.get(token.type, token.type.removesuffix("_open"))]
    given = {key: str(value) for key, value in token.attrs.items() if key not in ("type", "name")}
    if token.type == "directive_open":
        words = ["box", token.meta["name"], *([token.meta["fold"]] if token.meta["fold"] else [])]
        given = token.meta["attributes"]
    words += [f"{key}={value!r}" for key, value in given.items()]
    if token.type in ("directive_open", "div_open", "tabs_open", "tab_open") and token.map:
        words.append(f"{token.map[0] + 1}-{token.map[1]}")
    return " ".join(words)


@cases("markdown/dialects")
def test_dialects(case: dict[str, Any]) -> None:
    tokens, problems = parse(case["markdown"])
    assert outline(tokens) == case["outline"]
    assert [problem.line - 7 for problem in problems] == [line for line, _ in case.get("problems", [])]
    for problem, (_, words) in zip(problems, case.get("problems", []), strict=True):
        assert words in problem.message


@cases("markdown/dialects")
def test_a_label_is_told_by_its_box(case: dict[str, Any]) -> None:
    tokens, _ = parse(case["markdown"])
    for token, following in pairwise(tokens):
        if token.type == "directive_open":
            assert token.meta["labelled"] == (following.type == "directive_label_open")


def test_tabs_have_the_elements_that_the_theme_draws() -> None:
    html = Markdown(extensions=["coursekit.markdown"]).convert('=== "A & B"\n    un\n=== "*C*"\n    deux\n')
    assert html == (
        '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">'
        '<input checked="checked" id="__tabbed_1_1" name="__tabbed_1" type="radio" />'
        '<input id="__tabbed_1_2" name="__tabbed_1" type="radio" />'
        '<div class="tabbed-labels"><label for="__tabbed_1_1">A &amp; B</label>'
        '<label for="__tabbed_1_2"><em>C</em></label></div>\n'
        '<div class="tabbed-content">\n<div class="tabbed-block">\n<p>un</p>\n</div>\n'
        '<div class="tabbed-block">\n<p>deux</p>\n</div>\n</div>\n</div>'
    )


def test_identifiers_of_tabs_are_unique_in_a_page() -> None:
    text = '=== "A"\n    === "B"\n        b\n\n- === "C"\n      c\n\n/// tab | D\nd\n///\n'
    text = text.replace("]:", "] ")  # no link definitions
    html = Markdown(extensions=["coursekit.markdown"]).convert(text)
    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    identifiers = [button.get("id") for button in page.iter("input")]
    assert len(set(identifiers)) == len(identifiers) == 4
    assert sorted(label.get("for", "") for label in page.iter("label")) == sorted(map(str, identifiers))


def test_a_heading_makes_way_for_the_identifier_of_a_div() -> None:
    html = Markdown(extensions=["coursekit.markdown"]).convert("## Rappel\n\n::: {#rappel}\na\n:::\n")
    assert html == '<h2 id="rappel-1">Rappel</h2>\n<div id="rappel">\n<p>a</p>\n</div>'


def test_a_div_keeps_harmless_attributes_only() -> None:
    text = '::: {.a onclick="x()" style="color:red" lang=en}\nb\n:::\n'
    html = Markdown(extensions=["coursekit.markdown"]).convert(text)
    assert html == '<div class="a" lang="en">\n<p>b</p>\n</div>'


def test_options_of_a_block_do_not_grow() -> None:
    """Each list holds the one before it nine times over."""
    lists = ["a: &a [x,x,x,x,x,x,x,x,x]"] + [
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    tokens, _ = parse(f"/// tip\n    attrs: {{{', '.join(lists)}, id: k}}\nmot\n///\n")
    assert outline(tokens)[0] == "box tip id='k' 1-4"


_MARKUP = st.sampled_from([
    "\n", "\n\n", " ", "    ", "\t", "- ", "> ", "1. ", "```\n", "# ", '"', '""', "|", ":", "!!!", "!!! tip",
    "???", '???+ note "', "===", '=== "a"\n', "===! ", "///", "/// tip\n", "/// tab | ", "////", ":::", "é",
    ":::tip\n", "::: {.x}\n", "::: {.callout-tip}\n", "type: tip", "open: true", "> [!TIP]", "> [!note]- ",
    "---\n",
])  # fmt: skip


@given(st.lists(st.one_of(_MARKUP, st.from_regex(r"[a-z]{5}", fullmatch=True)), max_size=40).map("".join))
def test_any_text_is_read_and_no_word_is_lost(text: str) -> None:
    """Words are shown, or name a box, its class or a fence's language, or are an option of a block."""
    text = text.replace("]:", "] ")  # no link definitions
    html = Markdown(extensions=["coursekit.markdown"]).convert(text)
    page = html5lib.parseFragment(html, namespaceHTMLElements=False)
    shown = "".join(page.itertext()) + " ".join(box.get("class", "") for box in page.iter("div"))
    unseen = " ".join(re.findall(r"(?m)```.*|^.*(?::[ \t].*|:)$", text))
    for word in re.findall(r"[a-z]{5}", text):
        assert word in shown or word in unseen


_NESTED: dict[str, Callable[[int], str]] = {
    "directives": lambda n: ":::tip\n" * n + "mot\n",
    "closed directives": lambda n: ":::tip\n" * n + ":::\n" * n,
    "divs": lambda n: "::: {.x}\n" * n,
    "closed divs": lambda n: "::: {.x}\n" * n + ":::\n" * n,
    "divs in directives": lambda n: ":::tip\n::: {.x}\n" * n,
    "blocks": lambda n: "/// tip\n" * n,
    "closed blocks": lambda n: "/// tip\n" * n + "///\n" * n,
    "tabs of blocks": lambda n: "/// tab | a\n" * n,
    "fences of every length": lambda n: "".join("/" * (3 + line % 50) + " tip\n" for line in range(n)),
}
_SEQUENTIAL: dict[str, Callable[[int], str]] = {
    "directives": lambda n: ":::tip\nx\n:::\n" * n,
    "divs": lambda n: "::: {.x}\ny\n:::\n" * n,
    "admonitions": lambda n: '!!! tip "x"\n    y\n' * n,
    "empty admonitions": lambda n: "!!! tip\n" * n,
    "almost admonitions": lambda n: "!!! ceci cela\n" * n,
    "tabs": lambda n: '=== "A"\n    y\n' * n,
    "sets of tabs": lambda n: '===! "A"\n    y\n' * n,
    "blocks": lambda n: "/// tip\n    type: note\n///\n" * n,
    "options": lambda n: "/// tip\n" + "    a: b\n" * n,
    "alerts": lambda n: "> [!tip] x\n\n" * n,
    "braces": lambda n: ":::tip x " + "{a" * n + "}\n",
    "quotation marks": lambda n: '!!! tip "' + '" ' * n + "x\n",
    "openings in items": lambda n: "- :::tip\n- /// tip\n" * n,
}


@pytest.mark.parametrize(
    "text",
    [pytest.param(make, id=f"nested {name}") for name, make in _NESTED.items()]
    + [pytest.param(make, id=f"sequential {name}") for name, make in _SEQUENTIAL.items()],
)
def test_time_grows_with_the_text(text: Callable[[int], str]) -> None:
    """Eight times the text takes about eight times as long; sixty-four times would be quadratic."""
    parse(text(50))
    short, long = _seconds(text(500)), _seconds(text(4000))
    assert long < 30 * max(short, 0.01)


def _seconds(text: str) -> float:
    """Return the processor's time, the best of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        parse(text)
        times.append(time.process_time() - start)
    return min(times)
