"""The doors over the network: HTTP routes, event streams and the studio page."""
