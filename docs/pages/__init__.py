"""One generated page per file: `PATH` says where it stands, `text()` writes it."""
