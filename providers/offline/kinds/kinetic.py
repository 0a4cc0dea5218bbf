"""Words that move: manifestos, slogans, lyrics."""

from __future__ import annotations

import re

from providers.offline.kind import Kind, changed, without
from providers.offline.wish import Wish


def fit(wish: Wish) -> Wish:
    """Keep what only names the kind out of the film's own words."""
    told = without(wish, "kinetic typography", "typografie", "typography film")
    return changed(told, subtitle="" if KIND.called.search(told.subtitle) else told.subtitle)


KIND = Kind(
    template="kinetic",
    rank=70,
    called=re.compile(
        r"(?<!\w)(?:kinetic\w*|typograph\w*|typografi\w*|type animation|animated (?:type|text|words)|"
        r"text animation|textanimation|manifestos?|manifest|lyrics?(?: video)?|word by word|wort für wort|"
        r"تايبوغرافي|"
        r"كلمات متحركة|نص متحرك|بيان (?:ال)?علامة)(?!\w)",
        re.I,
    ),
    base=9,
    each=2,
    fit=fit,
    music="bold",
)
