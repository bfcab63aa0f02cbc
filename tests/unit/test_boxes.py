"""What a container's box is: its classes, its title, whether it is folded, and a site's own ones."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from coursekit.markdown.containers.callout_settings import read_callouts
from coursekit.markdown.containers.callout_styles import lightened, stylesheet
from coursekit.markdown.containers.callouts import CALLOUTS, LOOKS, UNKNOWN_KIND, Callouts, Look
from tests.cases_data import cases
from tests.rendering import render

# What Material 9 draws by itself, from its documentation of admonitions ("Supported types").
DRAWN_BY_THE_THEME = {
    "note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug",
    "example", "quote",
}  # fmt: skip


@cases("markdown/boxes")
def test_boxes(case: dict[str, Any]) -> None:
    html, document = render(case["markdown"], callouts=case.get("callouts", {}))
    assert html == case["html"]
    assert [problem for problem in document.problems if "inconnue" not in problem.message] == []


@pytest.mark.parametrize("name", CALLOUTS)
def test_every_name_is_known_however_it_is_spelled(name: str) -> None:
    callouts = Callouts()
    plain = "".join(char for char in unicodedata.normalize("NFD", name) if not unicodedata.combining(char))
    for spelling in (name, name.upper(), plain, name.replace("-", "_")):
        assert callouts.box(spelling) == CALLOUTS[name]
        html, document = render(f":::{spelling.replace('_', '-')}\nx\n:::\n")
        assert document.problems == []
        assert CALLOUTS[name].title in html


def test_no_two_names_are_one_spelling_of_each_other() -> None:
    """The second would hide the first."""
    callouts = Callouts()
    assert [name for name in CALLOUTS if callouts.box(name) is not CALLOUTS[name]] == []


def test_every_kind_is_drawn() -> None:
    kinds = {callout.kind for callout in CALLOUTS.values()} | {UNKNOWN_KIND}
    assert kinds == DRAWN_BY_THE_THEME | LOOKS.keys()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("astuc", "astuce"),
        ("excercice", "exercice"),
        ("resumee", "résumé"),
        ("warnin", "warning"),
        ("xyz", None),
    ],
)
def test_an_unknown_name_is_likely_one_that_is_near(written: str, meant: str | None) -> None:
    callouts = Callouts()
    for _ in range(2):  # the second answer is the first one, kept
        assert callouts.nearest(written) == meant
    assert not callouts.box(written).known


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("tip", "n'est pas une suite d'encadrés"),
        ([{"tip": {}}], "n'est pas une suite d'encadrés"),
        ({"à retenir": {}}, "« à retenir » ne peut pas nommer un encadré"),
        ({"1er": {}}, "« 1er » ne peut pas nommer un encadré"),
        ({True: {}}, "« True » ne peut pas nommer un encadré"),
        ({"vocabulaire": "Vocabulaire"}, "« vocabulaire » n'a pas de réglages lisibles"),
        ({"tip": {"titre": "A"}}, "réglage inconnu « titre » pour « tip » ; vouliez-vous dire « title » ?"),
        ({"tip": {"bordure": 1}}, "réglage inconnu « bordure » pour « tip » ; les réglages sont title, like"),
        ({"tip": {"title": ""}}, "« title » de « tip » doit être un texte"),
        ({"tip": {"title": 3}}, "« title » de « tip » doit être un texte"),
        ({"tip": {"like": ["note"]}}, "« like » de « tip » doit être le nom d'un encadré"),
        ({"tip": {"color": None}}, "doit être une couleur entre guillemets, comme"),  # `color: #fff` in YAML
        ({"tip": {"color": "#ffff"}}, "doit être une couleur"),
        ({"tip": {"color": "red;}"}}, "doit être une couleur"),
        ({"tip": {"icon": "../../x"}}, "« icon » de « tip » doit être le chemin d'une icône"),
        ({"tip": {"folded": "oui"}}, "« folded » de « tip » doit être true ou false"),
        (
            {"a": {"like": "notte"}},
            "« a » ne peut pas ressembler à « notte », qui est inconnu ; vouliez-vous",
        ),
        ({"a": {"like": "zzz"}, "zzz": {}}, "qui est inconnu ; un encadré de mkdocs.yml doit y précéder"),
    ],
)
def test_a_wrong_setting_is_told_in_one_sentence(settings: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as refused:
        Markdown(
            extensions=["coursekit.markdown"],
            extension_configs={"coursekit.markdown": {"callouts": settings}},
        )
    assert "\n" not in str(refused.value)


def test_a_table_is_a_setting_too() -> None:
    """One that was read serves all pages of a site."""
    callouts = read_callouts({"labo": {"like": "exo"}})
    assert read_callouts(callouts) is callouts
    assert 'class="admonition labo exo"' in render(":::labo\nx\n:::\n", callouts=callouts)[0]


def test_a_look_goes_by_the_class_of_its_box() -> None:
    settings = {"exo": {"icon": "material/pen"}, "définition": {"color": "#036"}, "labo": {"like": "exo"}}
    looks = read_callouts(settings).looks
    assert looks["exo"] == Look(LOOKS["exo"].color, "material/pen")
    assert looks["définition"] == Look("#036", None)
    assert "labo" not in looks
    sheet = stylesheet(looks, {"exo": "<svg/>\n"})
    assert ":root { --md-admonition-icon--exo: url('data:image/svg+xml;charset=utf-8,%3Csvg/%3E'); }" in sheet
    assert ".définition { --callout-color: #036; border-color: var(--callout-color); }" in sheet
    assert "var(--md-admonition-icon--exo)" in sheet
    assert "var(--md-admonition-icon--définition)" not in sheet


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2.2, from 0 (black) to 1 (white)."""
    parts = [byte / 255 for byte in bytes.fromhex(color.removeprefix("#"))]
    red, green, blue = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_any_colour_is_light_enough_for_a_dark_scheme(color: str) -> None:
    """3:1 on Material's dark background, #1e2129, as WCAG 2.2 wants it of what is no text."""
    assert re.fullmatch("#[0-9a-f]{6}", lightened(color))
    assert (luminance(lightened(color)) + 0.05) / (luminance("#1e2129") + 0.05) >= 3


def test_a_short_colour_is_the_long_one() -> None:
    assert lightened("#036") == lightened("#003366")


_SETTINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["tip", "#fff", "a/b"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["tip", "x", "title", "like", "color", "icon", "folded"]), inner)
    ),
    max_leaves=12,
)


@given(_SETTINGS)
def test_any_setting_is_read_or_refused(settings: object) -> None:
    try:
        callouts = read_callouts(settings)
    except ValueError:
        return
    assert stylesheet(callouts.looks, {}).count("{") == stylesheet(callouts.looks, {}).count("}")


@given(st.text(max_size=30), st.sampled_from(["tip", "correction", "mystere", "définition"]))
def test_any_title_is_shown_letter_for_letter(title: str, name: str) -> None:
    title = re.sub(r"""[\x00-\x1f\x7f-\x9f"'<>={}\\`\ud800-\udfff\u2028\u2029]""", "", title).strip()
    html, _ = render(f':::{name}{{title="{title}"}}\nmot\n:::\n')
    box = html5lib.parseFragment(html, namespaceHTMLElements=False)[0]
    assert "mot" in "".join(box.itertext())
    if title:  # accents may be characters of their own
        assert unicodedata.normalize("NFC", title) in unicodedata.normalize("NFC", "".join(box[0].itertext()))
