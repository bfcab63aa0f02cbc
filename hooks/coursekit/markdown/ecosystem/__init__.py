"""Other extensions of Python-Markdown: what is read in their stead, and what they are kept from."""
