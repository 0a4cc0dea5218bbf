"""RQ in front of the queue: loaded only where Redis's address is set."""
