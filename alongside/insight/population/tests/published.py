"""Published capture tables: the two of the shared data, and one from the literature."""

from pathlib import Path

from alongside.insight.population.capture import CaptureTable, read_table

ROOT = Path(__file__).resolve().parents[4]
TABLES = ROOT.parent / "shared" / "data" / "estimates"
UK_FILE = TABLES / "uk_modern_slavery_2013.csv"
ROME_FILE = TABLES / "hiv_rome_four_lists.csv"


def uk_six() -> CaptureTable:
    return read_table(UK_FILE)


def uk_five() -> CaptureTable:
    """The National Crime Agency counted with the police, as in Bales, Hesketh and Silverman (2015)."""
    return uk_six().merged("NCA", "PF")


def rome() -> CaptureTable:
    return read_table(ROME_FILE)


def hepatitis() -> CaptureTable:
    """Hepatitis A among students in Taiwan, lists P, Q, E (Chao and others 2001, Statistics in Medicine)."""
    counts = {
        (1, 1, 1): 28,
        (1, 1, 0): 21,
        (1, 0, 1): 17,
        (1, 0, 0): 69,
        (0, 1, 1): 18,
        (0, 1, 0): 55,
        (0, 0, 1): 63,
    }
    return CaptureTable.of("PQE", counts)
