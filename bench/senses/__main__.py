"""`make senses`: measure what the checks catch and what hearing and looking cost: reports/senses.json."""

from __future__ import annotations

import sys

from bench.__main__ import ROOT, main

if __name__ == "__main__":
    sys.exit(main("bench.senses", ROOT / "reports" / "senses.json"))
