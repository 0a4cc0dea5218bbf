"""One figure, or a few that are measured together, per file; found by their names."""
