"""Figures of what the director sees and hears, one file a group: `BARS`, and `measure(folder)`."""
