"""Boxes, tabs and divs: every way to write them, the table of their names, what they become on the page."""
