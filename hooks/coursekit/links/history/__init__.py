"""What is remembered of links from night to night."""
