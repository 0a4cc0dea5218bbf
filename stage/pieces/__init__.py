"""Things made of several nodes: devices, tables, lower thirds, callouts, progress and watermarks."""

from stage.pieces.devices import Browser, Laptop, Phone
from stage.pieces.progress import Progress, Ring
from stage.pieces.signs import Callout, LowerThird, Watermark
from stage.pieces.table import Table

__all__ = ["Browser", "Callout", "Laptop", "LowerThird", "Phone", "Progress", "Ring", "Table", "Watermark"]
