"""Kill -9 at seeded random moments: what a run leaves behind must equal that of a run left alone."""
