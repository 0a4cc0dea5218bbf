"""What the film says and how it looks: change this first."""

TITLE = "Groceries that plan themselves"
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "New: Larder 2"
SUBTITLE = "Twelve minutes saved, every single day"
"""What three phones stand for at once; empty for none."""
POINTS = [
    {"title": "Scan the fridge", "text": "It knows what is left"},
    {"title": "See the week", "text": "Meals that use it all up"},
    {"title": "Share the list", "text": "Everyone at home, in step"},
]
"""What the app does, a scene each."""
LINE = ""
"""What a film with time to spare says word by word."""
RATING = ""
"""A rating of five, such as 4.9, that counts up with stars; empty for none."""
BRAND = "Larder"
CALL = "Get the app"
LINK = "larder.example"
PICTURE = ""
"""A screenshot in assets/ for the phone; empty for drawn screens."""
LOGO = ""
"""The app's icon in assets/; empty for its first letter."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "fresh"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 18
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
COLORS = {
    "background": "#EAF0EC",
    "surface": "#FBFDFC",
    "ink": "#10231C",
    "muted": "#4E6359",
    "accent": "#0B7A55",
    "second": "#F2A33A",
}
FONTS = {"display": "Inter Display", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 700
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
