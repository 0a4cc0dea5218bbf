"""One file per command of `director`."""
