"""Video of PyAV."""
