"""The sound of a film: mixed, as loud as films are, and exactly as long as the picture."""
