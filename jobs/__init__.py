"""The queue of agent runs and renders: leases, heartbeats, workers and cancelling."""
