"""Figures of the house: what `make bench` measures."""
