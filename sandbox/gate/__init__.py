"""The gate before a Docker engine: it lets boxes through and nothing else, see docs/adr/0011."""
