"""External links asked, politely, and what their answers prove."""
