"""The database and the blobs behind the seams of the domain."""
