"""One kind of box per file; each offers `create(config)` and its configuration."""
