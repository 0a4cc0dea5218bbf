"""The project's pages, and the code that writes those which are made from other code."""
