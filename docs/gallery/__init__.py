"""The gallery: a frame and a short clip of every word of a film, drawn from the handbook's own examples."""
