"""Links of the real web, told by those who have not looked at how they are judged: what counts is the score.

Each case says what its servers do, what is true of the link for a reader in a browser, and why where that is
not plain. A case is never bent to what the engine says.
"""
