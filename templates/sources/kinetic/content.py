"""What the film says and how it looks: change this first."""

TITLE = "Don’t ask for room. Make it."
"""The sentence: its words come one by one, then as a block; its end fills the frame."""
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "A manifesto"
SUBTITLE = "With your own two hands"
POINTS = [
    {"title": "Start before you are ready", "text": ""},
    {"title": "Stay when it gets hard", "text": ""},
]
"""Further lines, a poster each."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "Field & Forge"
CALL = "Join the workshop"
LINK = "fieldandforge.example"
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "bold"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 15
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
TEMPO = 120
"""Beats a minute: cuts fall on them."""
COLORS = {
    "background": "#F5EFE6",
    "surface": "#FFFBF4",
    "ink": "#0D0D0F",
    "muted": "#5B564F",
    "accent": "#FF4B1F",
    "second": "#0D0D0F",
}
FONTS = {"display": "Bebas Neue", "body": "Inter"}
WEIGHT = 700
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 900
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
