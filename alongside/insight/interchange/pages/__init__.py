"""Handing a list in: the lists, what was understood, the check, going in, undoing."""
