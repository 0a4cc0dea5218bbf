"""What kind of graphic a point wants: a person, a quote, a score or market, a line of the ticker."""

import re

NUMBER = re.compile(r"^\W{0,2}[-+±−]?\s?[€$£]?\s?[\d٠-٩]")
QUOTED = re.compile(r"^\s*[“”„«»\"]")


def kind(point: dict) -> str:
    """Tell: `quote` where the title stands in quotation marks, `score` where the text is a number."""
    below = point.get("text", "")
    if QUOTED.match(point["title"]):
        return "quote"
    if not below:
        return "line"
    return "score" if NUMBER.match(below) else "person"
