"""What the film says and how it looks: change this first."""

TITLE = "Bread is patience you can eat"
"""The hook: the line that makes people listen."""
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = ""
SUBTITLE = ""
EPISODE = "Episode 12"
GUEST = "Mira Holt, baker"
POINTS = [
    {"title": "You cannot hurry a dough.", "text": ""},
    {"title": "You can only be there when it is ready.", "text": ""},
    {"title": "My grandmother called that respect.", "text": ""},
    {"title": "I call it breakfast.", "text": ""},
]
"""What is said, phrase by phrase, as captions in equal shares of time."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "The Long Table"
"""The show."""
CALL = "Listen to the whole talk"
LINK = "longtable.example"
PICTURE = ""
"""The cover in assets/; empty for a drawn one."""
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""The recording in assets/, which the bars then follow; empty for music."""
MUSIC = "warm"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 24
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1080, 1080, 30
TEMPO = 90
"""Beats a minute: the bars move on them when there is no recording."""
COLORS = {
    "background": "#201A3B",
    "surface": "#2E2650",
    "ink": "#FFF6E9",
    "muted": "#C0B6DF",
    "accent": "#FF8A5B",
    "second": "#8FD3C8",
}
FONTS = {"display": "Inter Display", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 800
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
