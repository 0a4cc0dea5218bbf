"""Listening to a sound: its tempo, beats, bars, sections, key and loudness, in numbers and as a picture."""
