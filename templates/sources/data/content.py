"""What the film says and how it looks: change this first."""

TITLE = "Over half of new cars now plug in"
"""The finding, as a sentence."""
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "Car market 2025"
SUBTITLE = "Up 19 points in one year, the largest jump on record"
"""What the first and the last number mean side by side."""
POINTS = [
    {"title": "2021", "text": "21 %"},
    {"title": "2022", "text": "25 %"},
    {"title": "2023", "text": "30 %"},
    {"title": "2024", "text": "37 %"},
    {"title": "2025", "text": "56 %"},
]
"""What is compared, each with its number; a point without a number is told as words."""
FOCUS = ""
"""The title of the point that the film is about; empty for the largest."""
SOURCE = "Source: sample data"
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "Motor Atlas"
CALL = ""
LINK = "motoratlas.example"
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
    "background": "#F6F4EF",
    "surface": "#FFFFFF",
    "ink": "#1E2430",
    "muted": "#5F6672",
    "accent": "#0F6B5C",
    "second": "#B5431F",
}
FONTS = {"display": "Inter", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 700
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
