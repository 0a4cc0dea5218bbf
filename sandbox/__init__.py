"""Boxes for code and media that nobody trusts, and their limits."""
