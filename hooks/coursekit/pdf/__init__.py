"""Rendered pages -> one typeset document: a book in Typst's language, set as a PDF."""
