"""The MCP door: the tools of the house for clients that bring their own model, over HTTP and stdio."""
