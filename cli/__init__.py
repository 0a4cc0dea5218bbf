"""The door of the terminal: one file per command of `director`."""
