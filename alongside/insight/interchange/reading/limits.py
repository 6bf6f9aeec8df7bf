"""How large and how slow a list may be before it is refused."""

import json
from dataclasses import asdict, dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds. The defaults let 50,000 rows of 20 columns through."""

    file_bytes: int = 50 * MB
    member_bytes: int = 80 * MB  # one part of a workbook, unfolded
    unfolded_bytes: int = 160 * MB  # all parts together
    members: int = 2_000
    ratio: int = 100  # unfolded to folded
    ratio_from_bytes: int = 1 * MB  # small parts may fold well: they cost nothing
    rows: int = 200_000  # in one sheet
    columns: int = 300
    cell_characters: int = 32_767  # what a spreadsheet cell can hold
    memory_bytes: int = 400 * MB  # address space of the child
    cpu_seconds: int = 10
    wall_seconds: float = 60.0
    output_bytes: int = 256 * MB
    sheets: int = 50
    opening_rows: int = 200  # rows of each sheet kept for a preview
    line_characters: int = 1_000_000  # one line of a text list

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> "Limits":
        return Limits(**json.loads(text))
