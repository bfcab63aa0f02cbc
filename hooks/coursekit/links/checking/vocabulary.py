"""How the pages that stand for others say so: expressions by language, one a line.

They are matched against small letters and straight apostrophes. Each has a stem, letters that all its
matches have in a row: texts without any of the stems, nearly all, cost microseconds. A match arouses
suspicion, or names a wall; none condemns by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# "This page is not there", as titles, headings and short pages say it.
_MISSING = {
    "numbers": r"""
        \b404\b
        \b410\b
    """,
    "en": r"""
        \bnot found\b
        no such (?:page|file|article|document)
        nothing (?:was )?(?:found )?(?:to see )?here
        does(?:n't| not) (?:seem to )?exist
        no longer (?:exists?|available|here|online|accessible)
        (?:can't|can ?not|couldn't|could not) (?:seem to )?(?:be )?find
        (?:can't|can ?not|couldn't|could not) (?:seem to )?(?:be )?found
        (?:can't|can ?not|couldn't|could not) (?:seem to )?(?:be )?locate
        unable to (?:find|locate)
        failed to (?:find|locate)
        (?:are|were)(?:n't| not) able to (?:find|locate)
        \b(?:is|been|was) (?:\w+ )?(?:re)?moved\b
        \b(?:is|has) gone\b
        \bis missing\b
        \b(?:is|currently) unavailable\b
        (?:been|was) retired
        (?:been|was) discontinued
        (?:been|was) taken down
        (?:been|was) unpublished
        (?:been|was) (?:\w+ )?deleted
        \b(?:broken|dead) link\b
        (?:page|content|article|video|file) missing\b
        (?:page|content|article|video|file) gone\b
        (?:page|content|article|video|file) unavailable\b
        (?:page|content|article|video|file) deleted\b
        (?:page|content|article|video|file) removed\b
        \b(?:are you |you're |looks like you're |feeling )?lost ?\?
        \bwhoops\b
        \boops\b
        is(?:n't| not) available
        isn't (?:the|a) (?:web ?)?page
        page (?:you're looking for|you are looking for|you requested)
    """,
    "fr": r"""
        introuvables?\b
        \bnon trouvée?s?\b
        \bn'existe (?:pas|plus)\b
        \bn'existent (?:pas|plus)\b
        inexistante?\b
        n'(?:est|sont) (?:\w+ )?(?:plus|pas) disponible
        n'(?:est|sont) (?:\w+ )?(?:plus|pas) accessible
        n'(?:est|sont) (?:\w+ )?(?:plus|pas) en ligne
        n'(?:a|ont) (?:pas|jamais)(?: pu)? (?:été|être) (?:re)?trouvé
        n'(?:avons|ai|a) (?:pas|rien) (?:pu )?(?:la )?(?:re)?trouv
        impossible de (?:re)?trouver
        \b(?:a|ont) (?:[\w-]+ ){0,2}(?:été )?supprimé
        \b(?:a|ont) (?:[\w-]+ ){0,2}(?:été )?déplacé
        \b(?:a|ont) (?:[\w-]+ ){0,2}(?:été )?retiré
        \b(?:a|ont) (?:[\w-]+ ){0,2}(?:été )?effacé
        \b(?:a|ont) (?:[\w-]+ ){0,2}(?:été )?dépublié
        \b(?:a|ont) (?:[\w-]+ ){0,2}(?:été )?disparu
        \boups\b
        \bmince\b
        perdue? ?\?
        (?:page|contenu|article|document) perdu
        (?:page|contenu|article|document) disparu
        (?:page|contenu|article|document) supprimé
        (?:page|contenu|article|document) absent
        (?:page|contenu|article|document) manquant
        (?:page|contenu|article|document) indisponible
        (?:page|contenu|article|document) retiré
        aucune? (?:page|contenu|article|document)\b[^.!?]{0,30}(?:trouvé|correspond|cette adresse)
        (?:lien|adresse) (?:est )?mort
        (?:lien|adresse) (?:est )?cassé
        (?:lien|adresse) (?:est )?brisé
        (?:lien|adresse) (?:est )?invalide
        (?:lien|adresse) (?:est )?erroné
        (?:lien|adresse) (?:est )?périmé
        que vous (?:cherchez|recherchez|demandez)
        plus en ligne
        pas trouvé
    """,
    "de": r"""
        nicht (?:gefunden|verfügbar|vorhanden|auffindbar)
        existiert nicht
        gibt es nicht
        nicht mehr (?:verfügbar|vorhanden|online)
        \bhoppla\b
    """,
    "es": r"""
        no (?:se )?(?:ha |pudo |puede |fue )?(?:sido |ser )?encontr(?:ad[oa]|ó|ar)
        no (?:se )?encuentra
        no existe
        no está disponible
        no hemos (?:podido )?encontra
        ya no (?:existe|está)
        \bvaya\b
    """,
    "it": r"""
        non (?:è stat[oa] |è )?(?:trovat[oa]|più disponibile|disponibile)
        non esiste
        impossibile trovare
        inesistente
    """,
    "pt": r"""
        não (?:foi |pôde ser |p[oô]de ser )?(?:encontrad[oa]|existe|está disponível|localizad[oa])
        inexistente
    """,
    "nl": r"""
        niet (?:gevonden|beschikbaar)
        bestaat niet
        kunnen .{0,30}niet vinden
    """,
    "ca": r"""
        no s'ha (?:pogut )?troba
        no existeix
    """,
    "nordic": r"""
        (?:hittades|finns) inte
        ikke (?:funnet|fundet)
        finnes ikke
        findes ikke
        ei löyd
        ei löyt
    """,
    "slavic": r"""
        nie (?:znaleziono|istnieje|została znaleziona)
        nenalezen
        neexistuje
        nebyla nalezena
        не найден
        не существует
        не знайден
        nije pronađen
    """,
    "others": r"""
        bulunamadı
        nem található
        nu a fost găsit
        nu există
        δεν βρέθηκε
        見つかりません
        存在しません
        找不到
        不存在
        찾을 수 없
        غير موجود
        לא נמצא
        không tìm thấy
    """,
}

# "This name is for sale, or waits": of dealers in names and of hosts whose customer has left.
_PARKED = {
    "en": r"""
        (?:\b(?:domain|website|name)|\.[a-z]{2,})\b[^.!?]{0,40} (?:is|be) (?:\w+ )?parked
        (?:\b(?:domain|website|name)|\.[a-z]{2,})\b[^.!?]{0,40} (?:is|be) (?:\w+ )?for sale
        (?:is|be) available for purchase
        buy this domain
        domain (?:name )?(?:is )?for sale
        parked (?:free|domain|page|by|with)
        inquire about this domain
        make an offer
        domain (?:name )?(?:has |is )?(?:expired|been suspended|pending renewal)
        this domain (?:name )?(?:has|is|was) (?:just been )?(?:registered|reserved)
        (?:account|site|website|hosting) (?:has been |is |was )?suspended
        (?:account|site|website|hosting) (?:has been |is |was )?deactivated
        related searches
    """,
    "fr": r"""
        (?:nom de )?domaine\b[^.!?]{0,40} (?:est |semble )?(?:à vendre|en vente|parqué|expiré)
        domaine\b[^.!?]{0,40} (?:a expiré|a été (?:réservé|enregistré|acheté|déposé|suspendu))
        est à vendre
        acheter ce (?:nom de )?domaine
        (?:site|compte|hébergement)\b[^.!?]{0,20} (?:est |a été )?suspendu
        (?:site|compte|hébergement)\b[^.!?]{0,20} (?:est |a été )?désactivé
    """,
    "others": r"""
        diese domain (?:steht|ist|kaufen)
        domain steht zum verkauf
        (?:este )?dominio (?:está |è )?(?:en|in) (?:venta|vendita)
        domínio (?:está )?à venda
        dit domein is te koop
        deze domeinnaam is
    """,
}

# What a web server shows before anybody has put a site there, or while somebody does.
_DEFAULT_PAGE = {
    "en": r"""
        welcome to nginx
        it works!
        apache2? (?:\w+ )?default page
        test page for the
        iis windows server
        default web ?site page
        default page
        future home of
        (?:site|page|website) (?:is )?under construction
        coming soon
        no web ?site (?:is )?configured
        there isn't a github pages site here
    """,
    "fr": r"""
        site en (?:cours de )?construction
        bientôt (?:en ligne|disponible)
        site (?:en cours d'installation|non installé|fermé)
        page par défaut
    """,
    "others": r"""
        hier entsteht
        sitio en construcción
        sito in costruzione
    """,
}

# "You may not see this", where a page could as well say that it is not there.
_WITHHELD = {
    "en": r"""
        access (?:is |to this page has been )?denied
        \bforbidden\b
        not (?:authori[sz]ed|allowed|permitted)
        permissions?\b
        in your (?:country|region|location|area)
        outside (?:of )?(?:the|your)
        (?:turn on|enable|requires|allow) (?:javascript|cookies)
        too many requests
        (?:ad ?block|vpn|proxy)
        maintenance
        (?:sign|log) ?in to
        (?:back|try again) (?:soon|later|shortly|in a few)
    """,
    "fr": r"""
        accès (?:est )?(?:refusé|interdit|restreint|réservé|limité)
        \bautoris
        \bdroits?\b
        votre (?:pays|région|emplacement|zone)
        activer? (?:javascript|les cookies)
        trop de requêtes
        bientôt de retour
        réessaye[rz]
        (?:connecte[rz]|identifie[rz])-vous
        réservée? aux
    """,
    "others": r"""
        zugriff (?:verweigert|nicht)
        in ihrem land
        wartung
        berechtigung
        en (?:su|tu) país
        acceso (?:denegado|restringido)
        mantenimiento
        accesso negato
        manutenzione
        manutenção
    """,
}

# "Show that you are a person", as whole titles or headings say it.
_CHALLENGE_TITLE = {
    "en": r"""
        ^just a moment
        ^one moment,? please
        ^attention required
        ^(?:ddos|bot) (?:protection|detection)
        ^ddos-guard
        ^pardon our interruption
        ^(?:client|browser|security|javascript) (?:challenge|check|verification|checking)
        ^checking your browser
        ^verif(?:y|ying) (?:that )?you
        ^are you (?:a )?(?:human|robot)
        ^robot (?:check|challenge)
        ^human verification
        making sure you're not a (?:ro)?bot
        ^access (?:to this page has been )?(?:denied|blocked)
        ^(?:request|you have been|sorry,? you have been) blocked
        ^request (?:rejected|unsuccessful)
        ^please (?:wait|verify|enable)
        ^unusual traffic
        you're not a (?:ro)?bot
    """,
    "fr": r"""
        ^un instant\b
        ^vérification (?:de sécurité|du navigateur|de votre navigateur|que vous|en cours|humaine)
        ^(?:veuillez patienter|patientez)
        ^accès (?:refusé|interdit|bloqué)
        ^êtes-vous (?:un )?(?:humain|robot)
    """,
    "others": r"""
        ^einen moment
        ^nur einen moment
        ^un momento
        ^zugriff verweigert
        ^acceso denegado
        ^accesso negato
        ^acesso negado
        ^sicherheitsüberprüfung
    """,
}

# The same, within what a page says.
_CHALLENGE = {
    "en": r"""
        (?:verify|confirm|prove|ensure|sure|verifying|checking) (?:that )?you(?:.re| are) (?:a )?human
        (?:verify|confirm|prove|ensure|sure|verifying|checking) (?:that )?you(?:.re| are) not a (?:ro)?bot
        checking (?:if the site connection|your browser)
        enable (?:javascript and )?cookies to continue
        (?:unusual|automated) traffic
        automated (?:requests|access|queries)
        needs to review the security of your connection
        complete the (?:security check|captcha)
        solve the captcha
        performing security verification
        protect (?:itself|our site|the server) (?:from|against) (?:\w+ )?(?:bots|scrap|attacks)
        incapsula incident
        request unsuccessful
        press (?:&|and) hold
        your request (?:has been|was) blocked
        no required ssl certificate
    """,
    "fr": r"""
        (?:vérif\w+|assurer|prouver|confirm\w+) que vous êtes (?:bien )?(?:une? )?(?:être )?(?:humain|pers)
        que vous n'êtes pas un robot
        activer? (?:javascript et )?(?:les )?cookies pour continuer
        trafic inhabituel
        résoudre le captcha
        protégé contre les robots
    """,
    "others": r"""
        bestätigen sie,? dass sie (?:ein mensch|kein roboter)
        verific\w+ que (?:eres|usted es|es) (?:un )?humano
        verific\w+ che (?:sei|lei è) (?:un )?(?:umano|essere umano)
    """,
}

# Titles and headings of the places where one says who one is.
_LOGIN = {
    "en": r"""
        \b(?:log|sign)[ -]?(?:in|on)\b
        \bauthentication\b
        \bsingle sign
    """,
    "fr": r"""
        \b(?:connexion|connectez-vous|se connecter|s'identifier)\b
        \b(?:identification|identifiez-vous|authentification)\b
    """,
    "others": r"""
        \b(?:anmelden|anmeldung|einloggen|iniciar sesión|acceder|accedi|accesso|iniciar sessão)\b
        \b(?:inloggen|aanmelden|logowanie|přihlášení)\b
    """,
}


def one_of(names: str) -> str:
    """Return the expression that matches any of the expressions in a text, which spaces separate."""
    return f"(?:{'|'.join(names.split())})"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The expressions of a table."""

    by_stem: tuple[tuple[str, re.Pattern[str]], ...]

    @classmethod
    def of(cls, table: Mapping[str, str]) -> Phrases:
        """Return a table's expressions, each with its stem."""
        lines = [line.strip() for language in table.values() for line in language.splitlines()]
        return cls(tuple((stem(line), re.compile(line)) for line in lines if line))

    def are_in(self, text: str) -> bool:
        """Tell whether a text has one of the phrases."""
        folded = text.lower().replace("’", "'")
        return any(stem in folded and expression.search(folded) for stem, expression in self.by_stem)


def stem(expression: str) -> str:
    """Return the longest letters in a row that every match of a simple expression has."""
    quantifier = r"(?:[?*+]|\{[^}]*\})?+"
    rest, groups = expression, 1
    while groups:
        rest, groups = re.subn(rf"\((?:[^()\\]|\\.)*\){quantifier}", "\0", rest)
    rest = re.sub(rf"\[[^\]]*\]{quantifier}|\\[a-zA-Z]{quantifier}|[.^$]{quantifier}|[^\0][?*{{]", "\0", rest)
    return max(re.split("\0|\\\\", rest), key=len)


MISSING = Phrases.of(_MISSING)
PARKED = Phrases.of(_PARKED)
DEFAULT_PAGE = Phrases.of(_DEFAULT_PAGE)
CHALLENGE_TITLE = Phrases.of(_CHALLENGE_TITLE)
CHALLENGE = Phrases.of(_CHALLENGE)
LOGIN = Phrases.of(_LOGIN)
WITHHELD = Phrases.of(_WITHHELD)
