"""Watching the delivered file: decoded as by a player, measured, held against its plan."""
