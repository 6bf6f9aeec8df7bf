"""The pages of contacts, shifts and sessions. One task a file."""
