"""A short film for a feed."""

from __future__ import annotations

import re

from providers.offline.kind import Kind, changed, without
from providers.offline.lists import capital
from providers.offline.subject import directive
from providers.offline.wish import Wish


def fit(wish: Wish) -> Wish:
    """Let what is said of a brand be the hook, not its name; a color that was named is the hook's ground."""
    wish = changed(wish, more={"GROUND": "accent" if wish.colors else "second"})
    told = rf"{re.escape(wish.brand)}\s*[:–—]\s*([^.:;\n]{{4,60}})[.\n]"
    said = re.search(told, wish.prompt) if wish.brand else None
    if said is None or wish.title != wish.brand or directive(said[1]):
        return wish
    return changed(without(wish, said[1].strip()), title=capital(said[1].strip()))


KIND = Kind(
    template="social",
    rank=90,
    called=re.compile(
        r"(?<!\w)(?:reels?|tik-?toks?|(?:youtube |yt )?shorts|"
        r"insta(?:gram)?(?:[- ](?:story|stories|post|clip|reel))?|"
        r"snapchat|social(?:[- ]media)?[- ](?:clip|video|post|film|ad|story)\w*|social(?:-?media)?-\w+|"
        r"ريلز?|تيك ?توك|ستوري|انستغرام|إنستغرام|سناب)(?!\w)",
        re.I,
    ),
    base=6.5,
    each=2.3,
    fit=fit,
    dark=True,
    music="playful",
    picture=True,
)
