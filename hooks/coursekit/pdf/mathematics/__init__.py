"""Formulas: MathML -> Typst's code."""
