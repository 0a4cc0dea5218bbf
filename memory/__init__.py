"""What a run and a project remember, and what the model is told of it."""
