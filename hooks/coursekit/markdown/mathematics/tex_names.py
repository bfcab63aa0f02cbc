"""Names in formulas: the TeX that is suggested to authors, the MathML that may reach a page."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# What a suggestion is chosen from.
COMMANDS: Final = _words("""
alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau
upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega frac dfrac tfrac binom
sqrt sum prod int iint oint lim max min arg sup inf log ln exp sin cos tan arcsin arccos arctan sinh cosh
tanh det dim ker gcd cdot times div pm mp leq geq neq approx equiv sim simeq propto infty partial nabla
forall exists nexists neg land lor implies iff Rightarrow Leftrightarrow rightarrow leftarrow
leftrightarrow longrightarrow rightleftharpoons xrightarrow mapsto subset subseteq cup cap setminus
emptyset notin left right middle begin end text textbf textit mathrm mathbf mathbb mathcal mathsf mathtt
mathfrak operatorname boldsymbol vec hat bar dot ddot tilde overline underline overrightarrow underbrace
overbrace overset underset stackrel quad qquad ldots cdots vdots ddots lfloor rfloor lceil rceil langle
rangle lvert rvert lVert rVert mid parallel perp oplus otimes circ bullet degree prime dagger ell hbar
boxed cancel color textcolor pmod bmod displaystyle limits pgcd ppcm therefore because triangleq
""")
ENVIRONMENTS: Final = _words("""
matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases dcases rcases aligned align align*
alignedat gathered gather gather* split array subarray equation equation* multline
""")

# MathML Core's elements and attributes, but for links and identifiers; the last elements stand in `mtext`.
ELEMENTS: Final = _words("""
math semantics annotation mrow mi mn mo ms mspace mtext mfrac mroot msqrt msub msup msubsup mover munder
munderover mmultiscripts mprescripts mtable mtr mtd mpadded mphantom mstyle merror menclose none b code em
i s span u
""")
ATTRIBUTES: Final = _words("""
display displaystyle scriptlevel style class stretchy lspace rspace width height depth voffset mathvariant
mathcolor mathbackground mathsize accent accentunder form fence separator symmetric minsize maxsize
movablelimits largeop linethickness columnspan rowspan columnalign columnlines rowlines columnspacing
rowspacing frame framespacing notation dir intent arg encoding
""")
