"""From words to placed glyphs: direction, script, shaping, lines and their parts."""
