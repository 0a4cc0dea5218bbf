"""What the film says and how it looks: change this first."""

TITLE = "Stop scrolling, start baking"
"""The hook: five words or fewer."""
SECOND_TITLE = ""
"""The title in another language; empty for none."""
SECOND_LANGUAGE = ""
KICKER = "Sourdough in a day"
SUBTITLE = "Your kitchen already has everything"
"""What comes out of it all, on a field of color."""
POINTS = [
    {"title": "Feed it at eight", "text": "flour, water, wait"},
    {"title": "Fold it at noon", "text": "four times is enough"},
    {"title": "Shape it at five", "text": "tight skin, soft heart"},
    {"title": "Bake it dark", "text": "the crust is the flavor"},
]
"""Four or five beats, a full frame each."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "Crumb Club"
CALL = "Get the recipe"
LINK = "crumbclub.example"
PICTURE = ""
"""A picture in assets/ behind the hook; empty for none."""
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "playful"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 15
LANGUAGE = "en"
WIDTH, HEIGHT, FPS = 1080, 1920, 30
TEMPO = 120
"""Beats a minute: cuts fall on them."""
COLORS = {
    "background": "#101014",
    "surface": "#1D1D24",
    "ink": "#FAFAF7",
    "muted": "#A3A3AD",
    "accent": "#D7FF3E",
    "second": "#6A4DFF",
}
GROUND = "second"
"""The role that paints the hook and the call: second or accent."""
FONTS = {"display": "League Spartan", "body": "Inter"}
WEIGHT = 800
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Noto Kufi Arabic", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 900
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
