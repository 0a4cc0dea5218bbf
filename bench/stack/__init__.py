"""The whole stack on real parts: its contract suites, the same film, kills, and a crowd of readers."""
