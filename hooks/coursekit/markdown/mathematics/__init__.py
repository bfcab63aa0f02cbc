"""Formulas: what is one, and its MathML."""
