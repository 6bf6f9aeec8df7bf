"""What is asked on the pages of this room. One subject a file."""
