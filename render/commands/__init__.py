"""What the guest does: one command per file, each importing only what it needs."""
