"""The nouns of a film in the making and, beside each noun, the seam that moves it."""
