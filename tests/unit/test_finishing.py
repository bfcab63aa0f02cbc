"""The passes put in the place of Python-Markdown's give what its own give."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.util import ETX, STX

from coursekit.markdown import finishing

TAGS = st.sampled_from(["div", "p", "ul", "li", "pre", "code", "a", "em", "br", "P", "math", "section"])
TEXTS = st.sampled_from([None, "", " ", "\n", "été", f"a{STX}42{ETX}b", f"{STX}klzzwxh:1{ETX}"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 4) -> etree.Element:
    element = etree.Element(draw(TAGS))
    element.text, element.tail = draw(TEXTS), draw(TEXTS)
    if title := draw(TEXTS):
        element.set("title", title)
    if depth:
        element.extend(draw(st.lists(elements(depth - 1), max_size=3)))
    return element


@given(elements())
def test_the_same_elements(root: etree.Element) -> None:
    theirs, ours = Markdown(), Markdown()
    finishing.register(ours)
    assert finished(ours, deepcopy(root)) == finished(theirs, deepcopy(root))


def finished(md: Markdown, root: etree.Element) -> bytes:
    for name in ("prettify", "unescape"):
        md.treeprocessors[name].run(root)
    return etree.tostring(root)


def test_the_same_order() -> None:
    theirs, ours = Markdown(extensions=["toc"]), Markdown(extensions=["toc"])
    finishing.register(ours)
    assert order(ours) == order(theirs)


def order(md: Markdown) -> list[str]:
    names = ("inline", "prettify", "toc", "unescape")
    return sorted(names, key=md.treeprocessors.get_index_for_name)


def test_the_marker_of_contents_is_found_on_each_page_that_has_it() -> None:
    md = Markdown(extensions=["coursekit.markdown", "toc"])
    pages = ["# Titre\n", "[TOC]\n\n# Titre\n", "# Titre\n", "# Titre\n\n> [TOC]\n"]
    assert [md.reset().convert(page).count('<div class="toc">') for page in pages] == [0, 1, 0, 1]
