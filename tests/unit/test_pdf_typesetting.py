"""What is done where Typst refuses a document, with a press that says what it is told to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from coursekit.pdf.chapters import Options
from coursekit.pdf.typesetting import NotSetError, Typeset, typeset
from tests.pdf.books import site

PAGE = '<h2 id="a">Titre</h2><p>un</p><p>deux \uf31a</p><p>trois</p>'
Refuses = Callable[[str, bool], NotSetError | None]  # all the code, whether it is checked


def typeset_by(refuses: Refuses, html: str = PAGE) -> tuple[Typeset, list[str]]:
    """Return what is set by a press that refuses some code, and the code of the main files it was given."""
    tried: list[str] = []

    def press(files: Mapping[str, bytes], main: str, *, checked: bool = True) -> bytes:
        code = "\n".join(
            data.decode() for name, data in files.items() if name not in ("template.typ", "looks.typ")
        )
        tried.append(code)
        if error := refuses(code, checked):
            raise error
        return b"%PDF"

    book, part = site(html)
    return typeset(book, part, Options(), lambda file: None, press), tried


def messages(done: Typeset) -> list[str]:
    return [problem.message for problems in done.problems.values() for problem in problems]


def test_nothing_is_tried_twice_without_need() -> None:
    done, tried = typeset_by(lambda code, checked: None)
    assert len(tried) == 1
    assert not messages(done)


def test_characters_without_a_glyph_become_their_code() -> None:
    refuses: Refuses = lambda code, checked: NotSetError("x", ["\uf31a"]) if "\uf31a" in code else None  # noqa: E731
    done, tried = typeset_by(refuses)
    assert 'missing("F31A")' in tried[-1]
    assert any("U+F31A" in message for message in messages(done))


def test_a_passage_that_is_refused_is_found_and_set_plainly() -> None:
    refuses: Refuses = lambda code, checked: NotSetError("x") if 'strong("trois")' in code else None  # noqa: E731
    done, tried = typeset_by(refuses, PAGE.replace("trois", "<b>trois</b>"))
    (message,) = messages(done)
    assert message.startswith("passage que le PDF ne peut composer")
    assert "strong" not in tried[-1]
    assert all(word in tried[-1] for word in ("un", "deux", "trois"))


def test_what_no_page_explains_is_set_outside_of_the_standard() -> None:
    refuses: Refuses = lambda code, checked: NotSetError("bug") if checked and "include" in code else None  # noqa: E731
    done, _ = typeset_by(refuses)
    assert done.pdf == b"%PDF"
    (message,) = messages(done)
    assert message.startswith("PDF composé hors de la norme PDF/UA (bug)")


def test_a_template_that_is_refused_is_a_bug() -> None:
    with pytest.raises(NotSetError, match="bug"):
        typeset_by(lambda code, checked: NotSetError("bug") if "include" in code else None)
