"""`make memory-report`: measure memory, print a table, write reports/memory.json."""

from __future__ import annotations

import logging
import sys

from bench.__main__ import ROOT, main

if __name__ == "__main__":
    logging.disable(logging.WARNING)
    sys.exit(main("bench.memory", ROOT / "reports" / "memory.json"))
