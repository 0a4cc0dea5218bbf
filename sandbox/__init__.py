"""Boxes for code and media that nobody trusts: no network, no secrets, no way out but `/box/out`."""
