"""The colours of a diagram by role. Drawings hold the light ones; course.css maps each to a dark one.

They are literal, so that a drawing looks right wherever SVG is read (paper, PDF, a picture viewer). No two
are alike, so that the style sheet can tell the roles apart. Text keeps a contrast of 4.5:1 on the backgrounds
that it meets, in both schemes; on a series it has the background's colour.
"""

from __future__ import annotations

ROLES = {
    "bg": "#ffffff",
    "fg": "#1f2328",
    "muted": "#57606a",
    "line": "#444c56",
    "surface": "#f1f4f9",
    "surface-alt": "#e6ebf2",
    "border": "#7f8da3",
    "accent": "#1c4a7d",
    "critical": "#b91c1c",
    "series-1": "#2f66a3",
    "series-2": "#b45309",
    "series-3": "#15803d",
    "series-4": "#be123c",
    "series-5": "#0f766e",
    "series-6": "#7c3aed",
    "series-7": "#a21caf",
    "series-8": "#78583b",
}
# On a colour that the author chose: the same in both schemes.
AUTHOR_ROLES = {"fg-on-light": "#000", "fg-on-dark": "#fff"}
MEASURES = {"radius": "4px", "font": "Inter, sans-serif", "font-mono": "JetBrains Mono, monospace"}

VARIABLES = {f"--pele-{role}": value for role, value in (ROLES | AUTHOR_ROLES | MEASURES).items()}
