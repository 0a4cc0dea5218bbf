"""Ways from one scene to the next: one file for each."""
