"""The fingerprint of the guest's packages: an image and the server that uses it must have the same.

Also runs as a plain script while the image is built: `python contents.py FOLDER` prints the fingerprint.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

PACKAGES = ("domain", "render", "stage")


def fingerprint(root: Path) -> str:
    """Hash the names and contents of all files of the guest's packages below a folder."""
    told = hashlib.sha256()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                name = path.relative_to(root).as_posix()
                told.update(f"{name}\0{path.stat().st_size}\0".encode())
                told.update(path.read_bytes())
    return told.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(fingerprint(Path(sys.argv[1])))
