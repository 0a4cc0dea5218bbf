"""One file per noun that the HTTP door serves."""
