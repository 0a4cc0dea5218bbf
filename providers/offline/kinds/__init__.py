"""One kind of film per entry, found by its name."""
