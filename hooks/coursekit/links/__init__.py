"""Links of a course: where they lead, whether they still do, what is remembered and told of them."""
