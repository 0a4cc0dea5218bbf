"""One template per entry, found by its name."""
