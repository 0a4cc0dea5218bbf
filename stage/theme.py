"""Colors and fonts by role."""

from __future__ import annotations

from dataclasses import dataclass, field

from stage.color import KNOWN, NAME, alpha, channels, contrast, readable, spelled
from stage.mistakes import Wrong, did_you_mean, mistake

ROLES = ("background", "surface", "ink", "muted", "accent", "second")


@dataclass(frozen=True)
class Theme:
    """Six colors and three fonts that the whole film shares; more colors by name in `extra`."""

    background: str = "#F4F1EA"
    surface: str = "#FFFDF8"
    ink: str = "#17191C"
    muted: str = "#63625E"
    accent: str = "#B83A15"
    second: str = "#2547E0"
    display: str = "Inter"
    body: str = "Inter"
    mono: str = "JetBrains Mono"
    extra: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        for role in ROLES:
            value: object = getattr(self, role)
            try:
                if not isinstance(value, str):
                    raise Wrong(f"{value!r} is no color", "write '#RRGGBB'")
                object.__setattr__(self, role, KNOWN.get(value) or spelled(value))
                channels(getattr(self, role))
            except Wrong as wrong:
                mistake("value_wrong", f"the theme's {role}: {wrong.message}", wrong.hint)
                object.__setattr__(self, role, getattr(type(self), role))
        for name, value in self.extra.items():
            try:
                channels(value)
            except Wrong as wrong:
                mistake("value_wrong", f"the theme's {name}: {wrong.message}", wrong.hint)

    @property
    def colors(self) -> dict[str, str]:
        """Every color by its role."""
        return {role: getattr(self, role) for role in ROLES} | {
            name: KNOWN.get(value) or spelled(value) for name, value in self.extra.items()
        }

    @property
    def fonts(self) -> dict[str, str]:
        """Every font family by its role."""
        return {"display": self.display, "body": self.body, "mono": self.mono}

    @property
    def dark(self) -> bool:
        """Whether light letters read better on the background."""
        return contrast("#FFFFFF", self.background) > contrast("#000000", self.background)

    def color(self, color: str) -> str:
        """Look a color up: `accent`, `accent/0.5`, `white` or hex, always returned as hex.

        Raises Wrong when the theme has no such role.
        """
        text = spelled(color)
        if text.startswith("#"):
            return text
        match = NAME.match(text)
        assert match is not None
        known = self.colors | KNOWN
        name = match[1] if match[1] in known else match[1].lower()
        if name not in known:
            raise Wrong(
                f"{color!r} is no color of the theme{did_you_mean(match[1], known)}",
                f"give '#RRGGBB' or one of {', '.join(known)}",
            )
        found = known[name]
        return alpha(found, float(match[2])) if match[2] else found

    def on(self, color: str, ratio: float = 4.5) -> str:
        """Pick the letter color for a ground: ink or background, made readable where neither is."""
        ground = self.color(color)
        best = max((self.ink, self.background), key=lambda each: contrast(each, ground))
        return readable(best, ground, ratio)

    def readable(self, color: str, on: str = "background", ratio: float = 4.5) -> str:
        """Shade a color, keeping its hue, until it reads on a ground at this contrast ratio."""
        return readable(self.color(color), self.color(on), ratio)


PALETTES = {
    "paper": Theme(),
    "bone": Theme("#E9E6DF", "#F6F4EF", "#14161A", "#5B5850", "#2547E0", "#B5431F"),
    "data": Theme("#F6F4EF", "#FFFFFF", "#1E2430", "#5F6672", "#0F6B5C", "#B5431F"),
    "mint": Theme("#EAF0EC", "#F8FBF9", "#10231C", "#4E6359", "#0B7A55", "#8A6220"),
    "navy": Theme("#0F1B2D", "#18283F", "#F3F6FA", "#9FB1C7", "#FFB84C", "#5CC8FF"),
    "night": Theme("#0A0B14", "#171928", "#F7F3FF", "#A9A6C2", "#FF5C93", "#FFC247"),
    "umber": Theme("#1C1714", "#2A231E", "#F3E9DC", "#B7A898", "#D9A441", "#C9785A"),
    "aubergine": Theme("#201A3B", "#2E2650", "#FFF6E9", "#B8AEDB", "#FF8A5B", "#8FD3C8"),
    "emerald": Theme("#0E2A24", "#173B33", "#F6EAD0", "#A9BDB0", "#D9B26A", "#2FA39A"),
    "lime": Theme("#101014", "#1D1D24", "#FAFAF7", "#A3A3AD", "#D7FF3E", "#A08BFF"),
}
"""Ready themes by name; in each, ink, muted and accent read on the background."""


def palette(name: str) -> Theme:
    """Find a ready theme; raises Wrong."""
    if name not in PALETTES:
        raise Wrong(
            f"no theme is named {name!r}{did_you_mean(name, PALETTES)}",
            f"give a Theme(…) or one of {', '.join(PALETTES)}",
        )
    return PALETTES[name]
