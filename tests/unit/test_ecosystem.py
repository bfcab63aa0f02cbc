"""Python-Markdown's other extensions around the front end."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from pymdownx import emoji  # type: ignore[import-untyped]

from coursekit.markdown import Document
from coursekit.markdown.ecosystem.idle import idle_extensions
from tests.cases_data import cases

CONFIGS = {"pymdownx.emoji": {"emoji_index": emoji.gemoji, "emoji_generator": emoji.to_alt}}
EVERYDAY = [
    "abbr", "def_list", "md_in_html", "nl2br", "smarty", "toc", "wikilinks", "pymdownx.betterem",
    "pymdownx.caret", "pymdownx.critic", "pymdownx.emoji", "pymdownx.keys", "pymdownx.magiclink",
    "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.snippets", "pymdownx.tasklist", "pymdownx.tilde",
    "pymdownx.superfences", "pymdownx.highlight",
]  # fmt: skip


@cases("markdown/ecosystem")
def test_extensions(case: dict[str, Any]) -> None:
    configs = CONFIGS | case.get("configs", {})
    for extensions in (
        ["coursekit.markdown", *case["extensions"]],
        [*case["extensions"], "coursekit.markdown"],
    ):
        md = Markdown(extensions=extensions, extension_configs=configs)
        assert md.convert(case["markdown"]) == case["html"]
        assert md.reset().convert(case["markdown"]) == case["html"]


def test_the_table_of_contents_shows_escaped_characters() -> None:
    md = Markdown(extensions=["coursekit.markdown", "toc", "pymdownx.emoji"], extension_configs=CONFIGS)
    md.convert("# \\:x: \\*a\\* &amp\\;\n")
    assert [token["name"] for token in vars(md)["toc_tokens"]] == [":x: *a* &amp;amp;"]


# -- snippets ------------------------------------------------------------------------------------------


def with_snippets(text: str, folder: Path, **settings: Any) -> tuple[str, Document]:
    documents: list[Document] = []
    configs = {
        "coursekit.markdown": {"observers": [documents.append], "first_line": 5},
        "pymdownx.snippets": {"base_path": [str(folder)], **settings},
    }
    md = Markdown(extensions=["coursekit.markdown", "pymdownx.snippets"], extension_configs=configs)
    return md.convert(text), documents[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "court.md").write_text("*inclus* [c](/c)\n", encoding="utf-8")
    (tmp_path / "long.md").write_text(
        '## Inclus\n\n[l](/l)\n\n:::nulle\nx\n:::\n\n```\n--8<-- "court.md"\n```\n\n--8<-- "court.md"\n',
        encoding="utf-8",
    )
    (tmp_path / "latin.md").write_bytes("été".encode("latin-1"))
    (tmp_path / "forge.md").write_text("a\u0002klzzwxh:0000\u0003b\n", encoding="utf-8")
    return tmp_path


def test_lines_around_snippets_are_those_of_the_page(folder: Path) -> None:
    text = """\
[a](/a)
--8<-- "court.md"
[b](/b)

- élément

  --8<-- "long.md"

:::tipp
[d](/d)
:::

--8<--
court.md
long.md
--8<--

:::tip
"""
    html, document = with_snippets(text, folder)
    assert [(link.url, link.line - 4) for link in document.links] == [
        ("/a", 1),
        ("/c", 2),
        ("/b", 3),
        ("/l", 7),
        ("/c", 7),
        ("/d", 10),
        ("/c", 13),
        ("/l", 13),
        ("/c", 13),
    ]
    assert [problem.line - 4 for problem in document.problems] == [7, 9, 13, 18]
    assert html.count("<h2") == 2
    assert html.count('<pre><code>--8&lt;-- "court.md"\n</code></pre>') == 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('```\n--8<-- "court.md"\n```\n', id="fence"),
        pytest.param('- a\n\n  ~~~\n  --8<-- "court.md"\n  ~~~\n', id="fence in a list"),
        pytest.param('    --8<-- "court.md"\n', id="indented code"),
        pytest.param('un `code\n--8<-- "court.md"\nlong`\n', id="code span"),
        pytest.param('a --8<-- "court.md"\n', id="in a sentence"),
        pytest.param(';--8<-- "court.md"\n', id="escaped"),
        pytest.param("```\n# --8<-- [start:a]\nx\n# --8<-- [end:a]\n```\n", id="sections in a fence"),
    ],
)
def test_marks_in_code_stay(text: str, folder: Path) -> None:
    html, document = with_snippets(text, folder)
    assert html.count("--8&lt;--") == text.count("--8<--")
    assert "inclus" not in html
    assert document.problems == []


@pytest.mark.parametrize(
    ("mark", "line"),
    [
        ('--8<-- "absent.md"', 3),
        ('--8<-- "court.md:absente"', 3),
        ('--8<-- "../court.md"', 3),
        ('--8<-- "latin.md"', 3),
        ('--8<-- "."', 3),
        ('--8<-- "a\0b"', 3),
        ("--8<--\nabsent.md\n--8<--", 3),
        ("--8<--", 3),
    ],
)
def test_what_cannot_be_put_in_is_told_and_shown(mark: str, line: int, folder: Path) -> None:
    html, document = with_snippets(f"avant\n\n{mark}\n\naprès\n", folder)
    assert [problem.line - 4 for problem in document.problems] == [line]
    assert "extrait introuvable" in document.problems[0].message
    assert "--8&lt;--" in html
    assert "après" in html


def test_snippets_appended_to_every_page(folder: Path) -> None:
    html, document = with_snippets("fin", folder, auto_append=["court.md", "absent.md"])
    assert html == '<p>fin</p>\n<p><em>inclus</em> <a href="/c">c</a></p>'
    assert [problem.line - 4 for problem in document.problems] == [1]


def test_a_snippet_forges_no_placeholder(folder: Path) -> None:
    html, _ = with_snippets('*a*\n\n--8<-- "forge.md"\n', folder)
    assert "<p>aklzzwxh:0000b</p>" in html


# -- extensions without effect -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "codehilite", "legacy_em", "markdown.extensions.codehilite", "pymdownx.escapeall",
        "pymdownx.fancylists",
        "pymdownx.inlinehilite", "pymdownx.blocks.caption", "pymdownx.blocks.definition",
        "pymdownx.blocks.html",
    ],
)  # fmt: skip
def test_extensions_without_effect_are_named(name: str) -> None:
    assert idle_extensions([name], {}) == [name]


def test_extensions_that_work_or_are_made_up_for_are_not() -> None:
    more = [
        "admonition", "attr_list", "extra", "fenced_code", "footnotes", "legacy_attrs", "meta",
        "sane_lists", "tables", "pymdownx.arithmatex", "pymdownx.b64", "pymdownx.blocks.admonition",
        "pymdownx.blocks.details", "pymdownx.blocks.tab", "pymdownx.bracketspan", "pymdownx.critic",
        "pymdownx.details", "pymdownx.extra", "pymdownx.pathconverter", "pymdownx.progressbar",
        "pymdownx.quotes", "pymdownx.saneheaders", "pymdownx.striphtml", "pymdownx.tabbed",
    ]  # fmt: skip
    assert idle_extensions(["coursekit.markdown", *EVERYDAY, *more], CONFIGS) == []


class _Blocks(Extension):
    """Reads blocks of its own, as a plugin of MkDocs adds it."""

    class Processor(BlockProcessor):
        def test(self, parent: etree.Element, block: str) -> bool:
            return True

        def run(self, parent: etree.Element, blocks: list[str]) -> bool:
            return False

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.register(self.Processor(md.parser), "ours", 200)


def test_an_extension_that_nobody_foresaw_is_named_after_its_package() -> None:
    assert idle_extensions([_Blocks()], {}) == [__name__.partition(".")[0]]


@pytest.mark.parametrize("first", [True, False])
def test_preserved_tabs_are_refused(first: bool) -> None:
    extensions = ["pymdownx.superfences", "coursekit.markdown"]
    configs = {"pymdownx.superfences": {"preserve_tabs": True}}
    with pytest.raises(ValueError, match=r"preserve_tabs.*retirez ce réglage"):
        Markdown(extensions=extensions[:: 1 if first else -1], extension_configs=configs)


# -- any text ------------------------------------------------------------------------------------------

_MARKUP = st.sampled_from([
    "\n", "\n\n", " ", "    ", ": ", "\n: ", ":", ":x:", ":smile:", "++", "++a++", "+", "==", "^", "^^",
    "~", "~~", "*", "_", "`", "```\n", "\\", "\\:", "&", ";", "#", "&#58;", "*[", "]: ", "\n*[abc]: ", "[",
    "]", "(c)", "-->", "...", '"', "'", "--8<--", '\n--8<-- "a"\n', ";", "- ", "> ", "<div markdown>\n",
    "</div>\n", "https://a.fr/", "[[", "]]", "$", "{++", "++}", "{--", "--}", "{~~", "~>", "~~}", "{==",
    "==}", "\u0002", "\u0003", "\ufdd0", "1", "43",
])  # fmt: skip
_TEXTS = st.lists(st.one_of(_MARKUP, st.from_regex(r"[a-zé]{4,6}", fullmatch=True)), max_size=40).map("".join)


@given(_TEXTS)
def test_no_word_is_lost_among_extensions(text: str) -> None:
    html = Markdown(extensions=["coursekit.markdown", *EVERYDAY], extension_configs=CONFIGS).convert(text)
    assert not re.search("[\u0002\u0003\ufdd0]", html), "a placeholder was left over"
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    told = "".join(tree.itertext()) + " ".join(
        value for node in tree.iter() for value in node.attrib.values()
    )
    infos = " ".join(re.findall(r"(?:```+|~~~+)([^\n]*)", text))
    defined = " ".join(re.findall(r"\*\[[^\n]*\n?[^\n]*|\[[^\n]*\]:[^\n]*\n?[^\n]*", text))
    for word in re.findall("[a-zé]{4,6}", re.sub(r":[\w+-]+:|<div markdown>", " ", text)):
        assert word in told + infos + defined


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(":x:" * 10000 + " mot", id="shortcodes"),
        pytest.param("++a" * 10000 + " mot", id="keys"),
        pytest.param("==a " * 5000 + "mot", id="highlights"),
        pytest.param("{++" * 10000 + " mot", id="critic marks"),
        pytest.param("`{++` " * 2000 + "mot", id="critic marks in code"),
        pytest.param("\\:" * 10000 + " mot", id="escapes"),
        pytest.param("--8<--\n" * 2001 + "mot", id="snippets"),
        pytest.param("*[A]: b\n" * 3000 + "\nmot", id="abbreviations"),
        pytest.param("a\n" + ": " * 2000 + "mot", id="definitions in definitions"),
        pytest.param("a\n: b\n\n" * 1000 + "mot", id="definitions"),
        pytest.param("<div markdown>\n" * 2000 + "mot", id="Markdown in HTML"),
    ],
)
def test_hostile_text_neither_raises_nor_hangs(text: str) -> None:
    assert "mot" in Markdown(extensions=["coursekit.markdown", *EVERYDAY], extension_configs=CONFIGS).convert(
        text
    )
