"""What an author is told of links, in the forms that people and programs read."""
