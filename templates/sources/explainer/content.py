"""What the film says and how it looks: change this first."""

TITLE = "How does rain become a river?"
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "Explained"
SUBTITLE = "Three steps from cloud to sea"
POINTS = [
    {"title": "Rain meets the hill", "text": "Soil and roots drink first"},
    {"title": "Springs join hands", "text": "Small streams find the valley"},
    {"title": "The valley leads on", "text": "Down to the sea, and up again"},
]
"""The steps, a station each."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "River School"
CALL = "Walk the river with us"
LINK = "river.example"
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "fresh"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 20
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
COLORS = {
    "background": "#0F1B2D",
    "surface": "#1B2E49",
    "ink": "#F3F6FA",
    "muted": "#9FB1C7",
    "accent": "#FFB84C",
    "second": "#5CC8FF",
}
FONTS = {"display": "Inter", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 700
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
