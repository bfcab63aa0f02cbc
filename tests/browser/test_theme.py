"""What a reader sees: French, our fonts, callouts told apart, text that can be read, no strangers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.contrast import contrast
from tests.browser.recording import Recording

COURSE = "/kubernetes/bonnes-pratiques/"
GUIDE = "/ecrire/"  # shows a callout of every name
SCHEMES = ("light", "dark")
TITLE = ":is(.admonition, details).{} > :is(.admonition-title, summary)"
NAMES = ("tip", "link", "warning", "strong", "note", "exo", "correction")

# What the theme says in English when a label was not translated.
ENGLISH = re.compile(
    r"\b(home|search|skip|next|previous|copy|copied|back to|table of contents|permanent link|made with|tags"
    r"|not found|switch|edit|view|share|clear|type to|initializing|close|source code|language)\b",
    re.IGNORECASE,
)

# Labels and visible texts of the page, without the author's text.
INTERFACE = """() => {
  const author = node => node.closest('article, .md-nav, .md-path, .md-header__topic, .md-footer__title')
  const said = []
  for (const node of document.querySelectorAll('body *')) {
    for (const name of ['aria-label', 'title', 'placeholder'])
      if (node.hasAttribute(name)) said.push(node.getAttribute(name))
    const ours = !author(node) && !node.matches('script, style')
    if (ours || node.matches('.md-nav__title, .md-footer__direction'))
      for (const child of node.childNodes)
        if (child.nodeType === Node.TEXT_NODE && child.data.trim()) said.push(child.data.trim())
  }
  return said
}"""


def open_in(page: Page, scheme: str, address: str) -> None:
    """Open a page as a reader whose system asks for a colour scheme."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.goto(address)
    shown = "slate" if scheme == "dark" else "default"
    page.locator(f"body[data-md-color-scheme={shown}]").wait_for()


def addresses(site: Path) -> list[str]:
    """Return the address of every page of the site."""
    return [f"/{path.relative_to(site).as_posix()}" for path in sorted(site.rglob("*.html"))]


def test_fonts_come_from_the_site(page: Page, recording: Recording) -> None:
    page.goto(COURSE)
    status = page.evaluate("document.fonts.ready.then(all => [...all].map(f => [f.family, f.status]))")
    assert ["Inter", "loaded"] in status
    assert ["JetBrains Mono", "loaded"] in status
    fonts = {url.removeprefix(recording.origin) for url in recording.requests if ".woff" in url}
    assert fonts == {"/assets/fonts/inter.woff2", "/assets/fonts/jetbrains-mono.woff2"}


@pytest.mark.parametrize(
    ("text", "element", "family"),
    [
        ("0123456789 #*", "p", "Inter"),
        ("« Œuvre à 25 % » – naïve… → ≠ ✓", "p", "Inter"),
        ("0123456789 != -> ├── │ é", "code", "JetBrains Mono"),
        ("😵✅⚠️🛠️👩‍💻🇫🇷1️⃣", "p", "(Apple|Noto) Color Emoji|Segoe UI Emoji"),
        ("😵✅⚠️🛠️👩‍💻🇫🇷1️⃣", "code", "(Apple|Noto) Color Emoji|Segoe UI Emoji"),
    ],
)
def test_characters_are_drawn_by_the_right_font(page: Page, text: str, element: str, family: str) -> None:
    page.goto(COURSE)
    page.evaluate(
        """([text, element]) => {
          const node = document.createElement(element)
          node.id = 'sample'
          node.textContent = text
          document.querySelector('article').prepend(node)
          return document.fonts.ready
        }""",
        [text, element],
    )
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "#sample"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert len(fonts) == 1, fonts
    assert re.fullmatch(family, fonts[0]["familyName"])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_callouts_are_told_apart(page: Page, scheme: str) -> None:
    open_in(page, scheme, GUIDE)
    looks = {}
    for name in NAMES:
        title = page.locator(TITLE.format(name)).first
        looks[name] = title.evaluate(
            """node => {
              const icon = getComputedStyle(node, '::before')
              return [icon.maskImage, icon.backgroundColor, getComputedStyle(node.parentElement).borderColor]
            }"""
        )
    for position, what in enumerate(("icon", "colour of the icon", "border")):
        values = [look[position] for look in looks.values()]
        assert len(set(values)) == len(NAMES), f"two callouts share the {what}: {looks}"
        assert "none" not in values
    assert all(look[0].startswith('url("data:image/svg+xml') for look in looks.values())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read(page: Page, scheme: str) -> None:
    open_in(page, scheme, GUIDE)
    titles = [TITLE.format(name) for name in NAMES]
    others = ["article p", "article a[href^=http]", "article p > code", "article pre code", ".md-copyright"]
    low = {what: ratio for what in titles + others if (ratio := contrast(page, what)) < 4.5}
    open_in(page, scheme, COURSE)
    low |= {what: ratio for what in (".md-page-licence", ".md-tag") if (ratio := contrast(page, what)) < 4.5}
    assert not low


def test_unknown_directive_is_a_neutral_box(page: Page) -> None:
    page.goto(GUIDE)
    page.locator("article").evaluate(
        "node => node.insertAdjacentHTML('afterbegin',"
        """ '<div class="admonition directive-inconnue truc"><p class="admonition-title">truc</p></div>')"""
    )
    icon = "node => getComputedStyle(node, '::before').maskImage"
    unknown = page.locator(".directive-inconnue > .admonition-title").evaluate(icon)
    assert unknown.startswith("url(")
    assert unknown != page.locator(".admonition.note > .admonition-title").evaluate(icon)


@pytest.mark.parametrize("address", ["/", COURSE, GUIDE, "/etiquettes/", "/404.html"])
def test_interface_speaks_french(page: Page, address: str) -> None:
    page.goto(address)
    if page.locator("pre").count():
        page.locator(".md-code__button").first.wait_for()  # the copy button is made by a script
    assert page.locator("html").get_attribute("lang") == "fr"
    said = page.evaluate(INTERFACE)
    assert "Rechercher" in said
    assert [text for text in said if ENGLISH.search(text.replace("Material for MkDocs", ""))] == []


def test_search_answers_in_french(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Rechercher").click()
    page.keyboard.type("sécurité des secrets")
    page.get_by_role("status").filter(has_text=re.compile(r"^\d+ pages? trouvées?\.$")).wait_for()
    assert page.locator(".course-search__results > li").count() >= 1


@pytest.mark.parametrize("width", [320, 1280])  # 320: 1,280 at 400 %, as WCAG's 1.4.10 has it
def test_no_page_scrolls_sideways(page: Page, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}
    for address in addresses(site):
        page.goto(address)
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[address] = needed
    assert not wide


def test_licence_of_the_page_is_said_at_its_foot(page: Page) -> None:
    page.goto(COURSE)
    licence = page.locator(".md-page-licence")
    assert "© 2025 Tom Avenel" in licence.inner_text()
    assert "BY-SA 4.0" in licence.inner_text()
    deed = licence.get_by_role("link", name=re.compile(r"^CC BY-SA 4\.0"))
    assert deed.get_attribute("href") == "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"
    logos = [logo.bounding_box() for logo in deed.locator("svg").all()]
    assert [box is not None and box["height"] > 8 for box in logos] == [True] * 3  # cc, by, sa
    assert "\U000f0d6b" not in page.locator("body").inner_text()


def test_home_page_lists_the_courses(page: Page) -> None:
    page.goto("/")
    card = page.locator(".courses__card", has_text="Kubernetes")
    assert re.search(r"\b2 pages$", card.inner_text())
    card.get_by_role("link").click()
    page.get_by_role("heading", level=1, name="Kubernetes").wait_for()


def test_missing_page_leads_home(page: Page) -> None:
    page.goto("/404.html")
    page.get_by_role("heading", level=1, name="Page introuvable").wait_for()
    page.locator("article").get_by_role("link", name="la page d'accueil").click()
    page.locator(".courses").wait_for()


def test_reader_chooses_the_colours(page: Page) -> None:
    open_in(page, "dark", "/")
    for label, shown in [
        ("Passer au thème clair", "default"),
        ("Passer au thème sombre", "slate"),
        ("Suivre le thème du système", "slate"),
    ]:
        page.locator(f"label[title='{label}']:visible").click()
        page.locator(f"body[data-md-color-scheme={shown}]").wait_for()


def test_other_sites_cannot_be_asked_for_scripts_or_data(browser: Browser, server: str) -> None:
    with browser.new_context() as context:  # unrecorded: what is refused complains in the console
        page = context.new_page()
        page.goto(server)
        page.evaluate(
            """() => {
              window.refused = []
              addEventListener('securitypolicyviolation', event => refused.push(event.effectiveDirective))
              const script = Object.assign(document.createElement('script'), {src: 'https://cdn.invalid/a.js'})
              const style = document.createElement('link')
              document.head.append(script, Object.assign(style, {rel: 'stylesheet', href: 'https://cdn.invalid/a.css'}))
              fetch('https://api.invalid/').catch(() => {})
            }"""
        )
        page.wait_for_function("refused.length === 3", timeout=5000)
        assert page.evaluate("refused.sort()") == ["connect-src", "script-src-elem", "style-src-elem"]
