"""Decides what to do next: the loop, its runner, limits, workflows and prompts."""
