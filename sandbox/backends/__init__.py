"""One kind of box per file, found by its name."""
