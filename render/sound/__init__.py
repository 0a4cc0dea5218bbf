"""The sound of a film: what it plays, mixed, made as loud as films are, and written as long as the picture."""
