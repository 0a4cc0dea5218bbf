"""What the film says and how it looks: change this first."""

TITLE = "Light that stays"
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "New this autumn"
SUBTITLE = "A lamp for long evenings"
POINTS = [
    {"title": "One touch dims it", "text": "From candle to daylight"},
    {"title": "Solid brass", "text": "A single turned arm"},
    {"title": "Ten-year promise", "text": "Every part can be mended"},
]
"""What the product does, a scene each."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "Orrel"
CALL = "See it in the shop"
LINK = "orrel.example"
PICTURE = ""
"""The product itself: a picture in assets/, best cut out; empty for none."""
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "modern"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 20
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
COLORS = {
    "background": "#E9E6DF",
    "surface": "#F6F4EF",
    "ink": "#14161A",
    "muted": "#5B5850",
    "accent": "#2547E0",
    "second": "#14213D",
}
FONTS = {"display": "Inter", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 700
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
