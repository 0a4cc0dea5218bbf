"""Memory in Redis: loaded only where its address is set."""
