"""What GitHub adds to CommonMark and markdown-it reads otherwise, or in more than linear time."""
