"""The invented demo partnership: its agencies, personas and lists. Nobody here exists."""
