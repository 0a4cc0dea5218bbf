"""The terminal: one door of Director, for people and scripts."""
