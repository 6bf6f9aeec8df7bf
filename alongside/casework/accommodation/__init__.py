"""Beds: the pathway, stays, the waiting list, moves."""
