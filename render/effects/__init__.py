"""Effects of any node: one file for each."""
