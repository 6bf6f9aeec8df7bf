"""Readers of single cells. Each takes any text and always gives an `Understood`, never an exception."""

from .ages import Age, read_age
from .dates import Span, read_date
from .groups import Area, Ethnicity, read_area, read_ethnicity
from .marks import Mark, find_marks, read_marks
from .names import Name, read_first_name, read_full_name, read_name, read_names
from .phones import find_phones, read_phones
from .understood import State, Understood, tidy

__all__ = [
    "Age",
    "Area",
    "Ethnicity",
    "Mark",
    "Name",
    "Span",
    "State",
    "Understood",
    "find_marks",
    "find_phones",
    "read_age",
    "read_area",
    "read_date",
    "read_ethnicity",
    "read_first_name",
    "read_full_name",
    "read_marks",
    "read_name",
    "read_names",
    "read_phones",
    "tidy",
]
