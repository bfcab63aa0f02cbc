"""What is said of a page beside its text: to readers, to search engines, to browsers and screen readers."""
