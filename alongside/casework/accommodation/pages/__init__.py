"""Pages of beds, stays, lists and houses. One noun a file."""
