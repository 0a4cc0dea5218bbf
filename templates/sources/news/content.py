"""What the film says and how it looks: change this first."""

TITLE = "Old bridge reopens after two years"
"""The headline."""
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "Breaking news"
"""The tag over the headline."""
SUBTITLE = ""
POINTS = [
    {"title": "Sara Klein", "text": "Mayor of Linz"},
    {"title": "“We kept every rivet that could be kept”", "text": "Jonas Weber, head of works"},
    {"title": "Ticket sales, first day", "text": "+38 %"},
    {"title": "Trams run again from Monday", "text": ""},
    {"title": "Works cost four million less than planned", "text": ""},
]
"""A name with a role: a lower third. A title in quotation marks: a quote. A text that is a number: a score.

A title alone: a line of the ticker.
"""
PLACE = "Linz"
"""Where it is reported from; empty for none."""
GROUND = "studio"
"""What lies behind: studio, or clear for graphics over other pictures (write a format with alpha)."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "Channel Nine"
CALL = ""
LINK = "nine.example"
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "serious"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 22
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
COLORS = {
    "background": "#0B1522",
    "surface": "#14243A",
    "ink": "#FFFFFF",
    "muted": "#D6DEE8",
    "accent": "#C8102E",
    "second": "#5FA8E8",
}
FONTS = {"display": "Bebas Neue", "body": "Inter"}
WEIGHT = 700
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 800
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
