"""One kind of layer per file, found by its name: each paints its own."""
