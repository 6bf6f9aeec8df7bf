"""Agencies' own lists come in, and tables go out."""
