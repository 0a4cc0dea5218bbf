"""One tool per file, found by its name."""
