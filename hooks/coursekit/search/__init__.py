"""What readers search: `sections` reads a page's text as they see it, `index` packs it for their browser."""
