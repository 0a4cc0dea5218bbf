"""What the film says and how it looks: change this first."""

TITLE = "Harbour Lights Festival"
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "Save the date"
SUBTITLE = ""
DATE = "12 June, 8 pm"
"""When it begins; it stands large on the end card."""
LEFT = ""
"""Time that is left as the film begins, such as "12:08:45:30" with days first; empty for 3, 2, 1."""
UNITS = ["Days", "Hours", "Minutes", "Seconds"]
POINTS = [
    {"title": "Nine stages on the water", "text": "From the old crane to the pier"},
    {"title": "Forty acts until dawn", "text": "Brass, beats and choirs"},
    {"title": "Free boats all night", "text": "Every ten minutes"},
]
"""Who, where, why: a scene each."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = ""
CALL = "Get your ticket"
LINK = "harbourlights.example"
PICTURE = ""
"""A picture in assets/ beside the facts; empty for none."""
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "energetic"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 16
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
TEMPO = 120
"""Beats a minute: cuts and numbers fall on them."""
COLORS = {
    "background": "#0A0B14",
    "surface": "#171928",
    "ink": "#F7F3FF",
    "muted": "#A9A6C2",
    "accent": "#FF4F8B",
    "second": "#FFC247",
}
FONTS = {"display": "League Spartan", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 800
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
