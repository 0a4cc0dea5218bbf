"""Adapters to models and media services, one per file, found by its name."""
