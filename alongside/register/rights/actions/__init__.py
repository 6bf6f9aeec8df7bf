"""Everything that changes in this room. One noun a file."""
