"""A clip of a podcast."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.kind import ARABIC_NAME, NAME, Kind, changed, without
from providers.offline.wish import Wish

_EPISODE: Final = re.compile(
    r"(?<!\w)((?:episode|ep\.?|folge|(?:ال)?حلقة)(?:\s+(?:no\.?|nr\.?|رقم))?\s*#?\s*[\d٠-٩]{1,4})(?!\w)", re.I
)
_GUEST: Final = re.compile(
    rf"(?<!\w)(?:with|featuring|guest:?|(?:zu )?gast:?|mit|ضيف(?:نا|تنا)?:?|مع)\s+({NAME}|{ARABIC_NAME})"
    rf"(?:\s*[,(]\s*((?!\d)[^,.;()\d\n]{{3,40}}))?"
)
_HOST: Final = re.compile(
    rf"(?<!\w)(?:hosted by|host:|moderiert von|gastgeber(?:in)?:?|يقدمه|تقدمه)\s+({NAME}|{ARABIC_NAME})"
)
_SPOKEN: Final = re.compile(
    rf"[”“\"»’]\s*[,.]?\s*(?:–|—|-|by|says)\s*({NAME})(?:\s+(?:on|in|auf|bei)\s+({NAME}))?"
)
"""Who said what is quoted, and where: `“…” – Ella Frost on The Slow Show`."""
_LENGTH: Final = re.compile(r"second|sekunde|minut|square|vertical|quadrat|hochformat", re.I)


def fit(wish: Wish) -> Wish:
    """Find the episode and the guest, and leave what is said to the captions."""
    episode, guest = _EPISODE.search(wish.prompt), _GUEST.search(wish.prompt)
    number = episode[1].strip() if episode else ""
    who = guest[1].strip(" .") if guest else ""
    role = guest[2].strip() if guest and guest[2] and not _LENGTH.search(guest[2]) else ""
    host = _HOST.search(wish.prompt)
    if host and not who:
        who = host[1].strip(" .")
        wish = changed(wish, brand=wish.title if wish.brand.strip(" .") in ("", who) else wish.brand)
    if (spoken := _SPOKEN.search(wish.prompt)) and not who:
        who = spoken[1].strip(" .")
        wish = changed(wish, brand=spoken[2] or wish.brand)
    wish = changed(wish, brand="") if KIND.called.search(wish.brand) else wish
    told = without(wish, number, who, role, *([f"with {who}", f"mit {who}"] if who else []))
    subtitle = "" if KIND.called.search(told.subtitle) else told.subtitle
    more = {"EPISODE": number[:1].upper() + number[1:], "GUEST": ", ".join(filter(None, (who, role)))}
    return changed(told, more=more, subtitle=subtitle, kicker="")


KIND = Kind(
    template="audiogram",
    rank=20,
    called=re.compile(r"(?<!\w)(?:podcasts?|audiograms?|\w*podcast-?\w*|(?:ال|ل)?بودكاست)(?!\w)", re.I),
    base=12,
    each=3.5,
    fit=fit,
    dark=True,
    music="warm",
    picture=True,
)
