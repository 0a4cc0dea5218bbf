"""The queue of agent runs, renders and analyses: leases, heartbeats, workers and cancelling."""
