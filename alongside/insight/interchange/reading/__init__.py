"""Reads an agency's file into rows of text, in a child process that can do nothing else."""

from .isolation import read_list
from .limits import Limits
from .refusals import ListRefused
from .sheets import Row, Sheet, Sheets

__all__ = ["Limits", "ListRefused", "Row", "Sheet", "Sheets", "read_list"]
