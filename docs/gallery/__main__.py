"""Draw the gallery anew: `python -m docs.gallery [WORD …]` draws all, or what bears one of the words."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.gallery.draw import draw, furnished
from docs.gallery.entries import entries
from docs.gallery.page import PAGE, PICTURES, clip_of, still_of, text


def main(wanted: list[str]) -> int:
    """Draw what is wanted, drop pictures of what is no more, write the page."""
    every = entries()
    chosen = [entry for entry in every if not wanted or any(word in entry.slug for word in wanted)]
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="director-props-") as folder, ProcessPoolExecutor(os.cpu_count()) as pool:
        props = furnished(Path(folder))
        waiting = {pool.submit(draw, entry, props): entry for entry in chosen}
        for done in as_completed(waiting):
            entry = waiting[done]
            still, clip = done.result()
            still_of(entry).write_bytes(still)
            clip_of(entry).write_bytes(clip)
            sys.stdout.write(f"{entry.slug}: {len(still) // 1000} + {len(clip) // 1000} kB\n")
    kept = {path for entry in every for path in (still_of(entry), clip_of(entry))}
    for path in set(PICTURES.iterdir()) - kept:
        path.unlink()
    PAGE.write_text(text(), encoding="utf-8")
    whole = sum(path.stat().st_size for path in PICTURES.iterdir())
    sys.stdout.write(f"{len(every)} entries, {whole / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
