"""Starting points of a film, and the way one is copied into a project."""
