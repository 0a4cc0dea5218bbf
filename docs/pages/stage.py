"""The authors' handbook."""

from stage.handbook import page

PATH = "stage.md"


def text() -> str:
    """Write the handbook from the vocabulary and its examples."""
    return page()
