"""What is heard: a sound of the project's own, else a bed composed for it, and effects on big moves."""

from collections.abc import Iterable

import content

from stage import Film, Music, Sfx, Sound

QUIET = -9
"""How far effects stay under the music, dB."""


def play(film: Film, hits: Iterable[tuple[str, str]] = ()) -> None:
    """Add sound to the film; hits are moments, such as a scene's id, and the effect that peaks there.

    What a film does not show is not heard.
    """
    if content.SOUND:
        film.add(Sound(content.SOUND, loop=True, fade_in=0.3, fade_out=1.2))
        return
    if not content.MUSIC:
        return
    film.add(Music(content.MUSIC))
    shown = {entry.scene.id for entry in film.entries}
    for start, kind in hits:
        if start.split("+")[0] in shown:
            film.add(Sfx(kind, start=start, gain_db=QUIET))
