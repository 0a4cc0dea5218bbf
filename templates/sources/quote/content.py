"""What the film says and how it looks: change this first."""

TITLE = "The hand remembers what the mind lets go"
"""The quotation, without its marks."""
HIGHLIGHT = "what the mind lets go"
"""The words of it that turn to the accent color; empty for its last ones."""
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
AUTHOR = "Ilse Maren"
ROLE = "Bookbinder, Antwerp"
PICTURE = ""
"""A portrait in assets/; empty for none."""
KICKER = ""
SUBTITLE = ""
POINTS = []
"""Further quotations of the same voice, a scene each."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "The Paper Room"
CALL = "Read the whole conversation"
LINK = "paperroom.example"
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "calm"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 10
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
COLORS = {
    "background": "#1C1714",
    "surface": "#2A231E",
    "ink": "#F3E9DC",
    "muted": "#B7A898",
    "accent": "#D9A441",
    "second": "#C9785A",
}
FONTS = {"display": "EB Garamond", "body": "Inter"}
WEIGHT = 500
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Amiri", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 700
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
