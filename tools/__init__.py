"""What Director can do: the tool decorator, the registry, the executor and the tools."""
