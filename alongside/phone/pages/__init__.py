"""The app and its door, getting a phone ready, and the agency's phones."""
