"""Charts: scales, bars, lines and slices."""
