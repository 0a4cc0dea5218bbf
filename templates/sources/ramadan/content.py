"""What the film says and how it looks: change this first."""

TITLE = "رمضان كريم"
"""The greeting."""
SECOND_TITLE = "Ramadan Kareem"
"""The greeting in another language, smaller; empty for none."""
SECOND_LANGUAGE = "en"
KICKER = ""
SUBTITLE = "نتمنى لكم شهرًا مباركًا مليئًا بالخير"
"""The wish itself."""
POINTS = []
"""Further lines to those who are greeted, a scene each."""
LINE = ""
"""What a film with time to spare says word by word."""
BRAND = "بيت الزيتون"
"""Who sends the greeting."""
YEAR = "١٤٤٨ هـ"
"""A year or a date under the name; empty for none."""
CALL = ""
LINK = "zaytoun.example"
PICTURE = ""
"""A picture in assets/ for the arched window; empty for none."""
LOGO = ""
"""A picture in assets/; empty for none."""
SOUND = ""
"""A sound in assets/; empty for music."""
MUSIC = "oriental"
"""A mood of music that is composed for the film; empty for none."""
SECONDS = 15
LANGUAGE = "ar"
WIDTH, HEIGHT, FPS = 1920, 1080, 30
COLORS = {
    "background": "#0E2A24",
    "surface": "#173B33",
    "ink": "#F6EAD0",
    "muted": "#B9CBBF",
    "accent": "#D9B26A",
    "second": "#2FA39A",
}
FONTS = {"display": "EB Garamond", "body": "Inter"}
WEIGHT = 500
"""Weight of the display face."""
ARABIC_FONTS = {"display": "Amiri", "body": "Noto Sans Arabic"}
"""Faces for words in Arabic letters."""
ARABIC_WEIGHT = 700
TYPE_SCALE = 1.0
"""Makes all type larger or smaller."""
