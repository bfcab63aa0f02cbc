"""Pages that say with 200 that they are not there, parked domains, and pages that only look like them."""

from __future__ import annotations

import html as escaping

from tests.links.web import Reply, html, sent
from tests.links.wild.case import (
    HERE,
    MISSING,
    PAGE,
    Answer,
    alive,
    dead,
    echo,
    everywhere,
    here,
    site,
    unsure,
    words,
)

_MENU = "<nav>" + "".join(f"<a href=/rubrique-{n}>Rubrique {n}</a> " for n in range(60)) + "</nav>"


def _says(title: str, text: str = "", language: str = "") -> Answer:
    """Answer every path by a page that says it is not there."""
    return everywhere(html(title, f"{_MENU}<p lang='{language}'>{text}</p>"))


def _to(target: str, page: Reply, status: int = 302) -> Answer:
    """Send every path to a page of errors."""
    return lambda asked: page if asked.path.startswith(target.partition("?")[0]) else sent(target, status)


_LOST = html("Page introuvable", f"{_MENU}<p>Désolé, cette page n'existe pas ou n'existe plus.</p>")

SOFT = [
    dead("in German", _says("Seite nicht gefunden", "Die gewünschte Seite existiert leider nicht.", "de")),
    dead("in Spanish", _says("Página no encontrada", "La página que busca no existe.", "es")),
    dead("in Italian", _says("Pagina non trovata", "La pagina richiesta non esiste.", "it")),
    dead("in Portuguese", _says("Página não encontrada", "A página solicitada não existe.", "pt")),
    dead("in Dutch", _says("Pagina niet gevonden", "De opgevraagde pagina bestaat niet.", "nl")),
    dead("in Polish", _says("Nie znaleziono strony", "Strona, której szukasz, nie istnieje.", "pl")),
    dead("in Russian", _says("Страница не найдена", "Запрашиваемая страница не существует.", "ru")),
    dead("in Japanese", _says("ページが見つかりません", "お探しのページは存在しません。", "ja")),
    dead("in Chinese", _says("页面不存在", "抱歉,您访问的页面不存在。", "zh")),
    dead("in French, with a smile", _says("Oups !", "Nous n'avons pas trouvé la page que vous cherchez.")),
    dead(
        "in French, taken away",
        _says("Contenu indisponible", "Le contenu demandé a été supprimé ou déplacé."),
    ),
    dead("in English, with a joke", _says("Whoops, that page is gone.", "Looks like you're lost in space.")),
    dead("404 in the title only", everywhere(html("404", _MENU))),
    dead(
        "a word of a servlet",
        everywhere(Reply(200, b"Error 404: File not found", (("Content-Type", "text/plain"),))),
    ),
    dead(
        "the path said again",
        echo(
            lambda path: html(
                "Erreur", f"<p>L'URL demandée {escaping.escape(path)} n'a pas été trouvée sur ce serveur.</p>"
            )
        ),
    ),
    dead(
        "another token each time",
        lambda asked: html(
            "Page non trouvée",
            f"{_MENU}<input type=hidden "
            f"value={hash((asked.path, asked.times))}><p>Cette page n'existe pas.</p>",
        ),
    ),
    dead(
        "a page not found, then what others read",
        lambda asked: html(
            "Page not found",
            "<h2>Popular today</h2>"
            + "".join(
                f"<p>Article {hash((asked.path, n)) % 999} on containers and servers</p>" for n in range(40)
            ),
        ),
    ),
    dead(
        "a long page with a search form",
        everywhere(
            html(
                "Page introuvable - Université de Loin",
                words(40) + "<form>Chercher sur le site <input></form>",
            )
        ),
    ),
    dead(
        "a wiki's empty page",
        echo(
            lambda path: html(
                f"{path[1:]} — Wiki",
                "<p>Ce sujet n'existe pas encore. Vous "
                "avez suivi un lien vers un sujet qui n'existe pas encore.</p>",
            )
        ),
    ),
    dead("sent to /404", _to("/404", _LOST)),
    dead("sent to /404.html for good", _to("/404.html", _LOST, 301)),
    dead(
        "sent to an error of ASP.NET",
        _to(f"/Erreur.aspx?aspxerrorpath={HERE}", html("Erreur", "<p>Une erreur s'est produite.</p>")),
    ),
    dead("sent to /page-introuvable", _to("/page-introuvable/", _LOST)),
    dead(
        "a closed service",
        everywhere(
            html(
                "Pages personnelles",
                "<p>Le service des pages personnelles a fermé "
                "définitivement le 5 septembre 2023. Les sites ne sont plus accessibles.</p>",
            )
        ),
        missed="sentences about the end of a whole site are not known",
    ),
    dead(
        "a suspended account",
        _to(
            "/cgi-sys/suspendedpage.cgi",
            html(
                "Account Suspended",
                "<p>This Account has been suspended. Contact your hosting provider for more information.</p>",
            ),
        ),
    ),
    dead(
        "a host's own page instead",
        _to(
            "/cgi-sys/defaultwebpage.cgi",
            html(
                "Default Web Site Page",
                "<p>If you are the owner of this website, please contact your hosting provider.</p>",
            ),
        ),
    ),
]

DEFAULTS = [
    dead(
        "nginx just installed, at a deep path",
        everywhere(
            html(
                "Welcome to nginx!",
                "<p>If you see this page, the "
                "nginx web server is successfully installed and working. Further configuration is required.</p>",
            )
        ),
    ),
    dead(
        "Apache just installed, at a deep path",
        everywhere(
            Reply(200, b"<html><body><h1>It works!</h1></body></html>", (("Content-Type", "text/html"),))
        ),
    ),
    dead(
        "Debian's Apache, at a deep path",
        everywhere(
            html(
                "Apache2 Debian Default Page: It works",
                "<p>This is the default welcome page used to test the correct operation of the Apache2 server.</p>",
            )
        ),
    ),
    dead(
        "IIS just installed, at a deep path", everywhere(html("IIS Windows Server", "<img src=iisstart.png>"))
    ),
]

PARKED = [
    dead(
        "Sedo",
        everywhere(
            html(
                "vieux-cours.example",
                "<p>Die Domain vieux-cours.example steht zum Verkauf.</p>"
                "<script src=https://img.sedoparking.com/templates/js.js></script>",
            )
        ),
    ),
    dead(
        "a lander",
        lambda asked: (
            html(
                "",
                "<div id=root></div><script src=https://img1.wsimg.com/parking-lander/static/"
                "js/main.js></script>",
            )
            if asked.path == "/lander"
            else Reply(
                200,
                b"<!DOCTYPE html><html><head><script>"
                b'window.onload=function(){window.location.href="/lander"}</script></head></html>',
                (("Content-Type", "text/html"),),
            )
        ),
    ),
    dead(
        "a broker",
        lambda asked: sent("http://www.hugedomains.example/domain_profile.cfm?d=vieux-cours", 302),
        "http://vieux-cours.example" + HERE,
        others={
            "http://www.hugedomains.example": everywhere(
                html(
                    "VieuxCours.example is for sale | HugeDomains",
                    "<p>Buy now for $2,895. Start payment plan.</p>",
                )
            )
        },
    ),
    dead(
        "Dan",
        everywhere(
            html(
                "vieux-cours.example",
                "<p>The domain name vieux-cours.example is for sale!</p>"
                "<p>Listed by dan.com. Make an offer. Buyer protection.</p>",
            )
        ),
    ),
    dead(
        "Afternic",
        everywhere(
            html(
                "vieux-cours.example - This website is for sale!",
                "<a href=https://www.afternic.com>Get this domain</a>",
            )
        ),
    ),
    dead(
        "OVH: congratulations",
        everywhere(
            html(
                "Félicitations ! Votre domaine a bien été créé chez OVHcloud !",
                "<p>Site en construction. Accédez à votre espace client.</p>",
            )
        ),
    ),
    dead(
        "OVH: under construction",
        everywhere(
            html(
                "Site en construction",
                "<p>Ce site est en construction.</p><img src=https://www.ovh.com/images/logo.png>",
            )
        ),
    ),
    dead(
        "Gandi",
        everywhere(
            html(
                "vieux-cours.example",
                "<p>Ce nom de domaine a été enregistré chez Gandi.net. Il est "
                "actuellement parqué par son propriétaire.</p>",
            )
        ),
    ),
    dead(
        "Namecheap",
        everywhere(
            html(
                "Registrant WHOIS contact information verification",
                "<p>This domain is parked free, courtesy of Namecheap. parkingpage.namecheap.com</p>",
            )
        ),
    ),
    dead(
        "expired",
        everywhere(
            html(
                "Domaine expiré",
                "<p>Ce nom de domaine a expiré. Si vous en êtes le titulaire, "
                "renouvelez-le auprès de votre bureau d'enregistrement.</p>",
            )
        ),
    ),
    dead(
        "advertisements",
        everywhere(
            html(
                "vieux-cours.example",
                "<h2>Related Searches</h2><a>Docker Course</a>"
                "<a>Cloud Hosting</a><script src=//d1lxhc4jvstzrp.cloudfront.net/themes/registrar/parkingcrew.js></script>"
                "<p>The domain owner maintains no relationship with the advertisers. Privacy Policy</p>",
            )
        ),
    ),
]

LOOK_ALIKES = [
    alive(
        "a lesson about pages of errors",
        here(
            html(
                "Créer une page « 404 Not Found » avec Apache",
                "<p>La page demandée n'existe pas : voilà ce que lit l'internaute.</p>" + words(),
            )
        ),
    ),
    alive(
        "a lesson about pages of errors, where lost pages are 200",
        here(html("Soft 404 : la page n'existe pas ?", words()), _LOST),
    ),
    alive(
        "a thread about a page not found",
        site(
            {"/t/page-not-found-in-django/812": html("Page not found in Django [solved]", words(12))},
            html("Page not found", "<p>Sorry, no such thread.</p>"),
        ),
        "/t/page-not-found-in-django/812",
    ),
    alive("a poem called Not found", here(html("Not found", "<p>I looked for you in every street.</p>" * 9))),
    alive(
        "a search without results",
        site({"/recherche?q=docker": html("Recherche", "<p>Aucun résultat pour « docker ».</p>")}),
        "/recherche?q=docker",
    ),
    alive(
        "a theorem: no solution exists",
        here(html("Équations", "<p>La solution n'existe pas. Racine introuvable.</p>" + words(9))),
    ),
    alive("a short page", here(Reply(200, b"ok", (("Content-Type", "text/html"),)))),
    alive(
        "a list of files",
        here(html("Index of /cours/tp", "<pre><a href=../>../</a> <a href=tp1.pdf>tp1.pdf</a></pre>")),
    ),
    alive(
        "a page to come on a living site", here(html("TP 9", "<p>Page en construction, revenez bientôt.</p>"))
    ),
    alive(
        "a lesson: installing nginx",
        here(
            html(
                "Installer nginx", "<p>Ouvrez le navigateur : « Welcome to nginx! » s'affiche.</p>" + words(9)
            )
        ),
    ),
    alive(
        "a lesson about domains for sale",
        here(
            html(
                "This domain is for sale ?",
                "<p>Un domaine parqué chez Sedo, Dan ou "
                "Afternic affiche : this domain is for sale, buy this domain.</p>" + words(20),
            )
        ),
    ),
    alive(
        "a host that sells domains",
        here(
            html(
                "Votre nom de domaine",
                "<p>Enregistrez votre domaine, dès 5 € par an. Ce "
                "nom de domaine est disponible. Parking gratuit.</p>" + words(9),
            )
        ),
    ),
    alive(
        "a lesson with its number 404",
        site({"/cours/404": html("Cours 404 : réseaux", words(30))}),
        "/cours/404",
    ),
    alive(
        "a page on errors, reached by a redirect",
        site({"/doc/erreurs": sent("/doc/error"), "/doc/error": html("Les erreurs", words(30))}),
        "/doc/erreurs",
        verdicts="redirected",
        suggestion="/doc/error",
    ),
    unsure("the same healthy page for every path", everywhere(PAGE), verdicts="ok blocked"),
    unsure(
        "an application's shell for every path",
        everywhere(
            html("Cours", '<div id="app"></div><script type=module src=/assets/index-4f1.js></script>')
        ),
        verdicts="ok blocked",
    ),
]

_QUESTION = html(
    "nginx: 404 page not found after restart", "<p>My page does not exist any more?</p>" + words(12)
)
_THREAD = "/questions/8812/nginx-404-page-not-found"

# What is wrong with one folder, one kind of file, one argument is right with another.
PARTLY = [
    dead(
        "lost pages are 200 in this folder only",
        lambda asked: _LOST if asked.path.startswith("/cours/") else MISSING,
    ),
    dead(
        "lost pages are 200 for this kind of file only",
        lambda asked: _LOST if asked.path.endswith(".php") else MISSING,
        "/cours/tp.php",
    ),
    dead(
        "lost pages are 200 for this argument only",
        lambda asked: _LOST if asked.path.startswith("/index.php?page=") else html("Accueil", words(9)),
        "/index.php?page=tp-docker",
    ),
    dead(
        "lost pages are 200, and a page has a folder's name",
        lambda asked: _LOST if asked.path.endswith("/") else sent(asked.path + "/"),
        "/cours/docker/",
    ),
    alive(
        "a number is asked for, others are lost",
        lambda asked: html("TP 12", words(9)) if asked.path == "/tp?id=12" else _LOST,
        "/tp?id=12",
    ),
    alive(
        "an error in the title, any other words lead here",
        lambda asked: (
            _QUESTION
            if asked.path == _THREAD
            else sent(_THREAD)
            if asked.path.startswith("/questions/8812/")
            else MISSING
        ),
        _THREAD,
    ),
    alive(
        "an error in the title, any other words are as good",
        lambda asked: _QUESTION if asked.path.startswith("/questions/8812/") else MISSING,
        _THREAD,
    ),
    alive(
        "a page about lost pages where lost pages lead home",
        lambda asked: (
            html("Erreur 404 : page introuvable, que faire ?", words(20))
            if asked.path == HERE
            else html("Accueil", words(9))
            if asked.path == "/"
            else sent("/", 302)
        ),
    ),
    dead(
        "301 to a page that says it is not there",
        lambda asked: sent("/nouveau/tp") if asked.path == HERE else _LOST,
    ),
    dead(
        "301 to a parked domain",
        lambda asked: sent("http://parti.example/tp"),
        "http://vieux-cours.example" + HERE,
        others={
            "http://parti.example": everywhere(
                html(
                    "parti.example is for sale",
                    "<p>Buy this domain. <script src=https://img.sedoparking.com/a.js></script>",
                )
            )
        },
    ),
]

CASES = SOFT + DEFAULTS + PARKED + LOOK_ALIKES + PARTLY
