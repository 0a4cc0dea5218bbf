"""From a composition and a time to pixels, sound and a finished file."""
