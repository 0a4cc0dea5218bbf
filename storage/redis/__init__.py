"""What Redis does for many machines: loaded only where its address is set."""
