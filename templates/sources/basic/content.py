"""What the film says and how it looks: change this first."""

TITLE = "A house for slow making"
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "Open studio days"
SUBTITLE = "Three weekends of workshops, talks and open kilns."
FACTS = ["12–28 March", "Rotterdam"]
"""A date and a place, a chip each; empty for none."""
POINTS = [
    {"title": "Throw your first bowl", "text": "Wheels and clay for everyone"},
    {"title": "Hear makers talk", "text": "Every Saturday at four"},
]
"""What the film tells, one scene each; `layout` may be numeral, split or field."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "Pier Four"
CALL = "Book a place"
LINK = "pierfour.example"
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "warm"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 12
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
COLORS = {
    "background": "#F4F1EA",
    "surface": "#FFFDF8",
    "ink": "#17191C",
    "muted": "#63625E",
    "accent": "#B83A15",
    "second": "#2547E0",
}
FONTS = {"display": "Inter", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ACCENT_FONT = "EB Garamond"
"""Face of the title's last word, in italics."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 700
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
