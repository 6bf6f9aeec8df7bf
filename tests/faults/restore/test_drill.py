"""The restore drill at a small size (P17). Its own checks are shown to bite within it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.settings import TEST_HOME

CONTACTS = os.environ.get("DRILL_CONTACTS", "2000")


@pytest.mark.timeout(0)
def test_everything_comes_back_but_the_woman_who_was_erased() -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE_", "DJANGO_"))}
    command = [sys.executable, "-m", "tests.faults.restore.drill", "--contacts", CONTACTS]
    command += ["--folder", str(TEST_HOME / f"drill-{os.getpid()}")]
    done = subprocess.run(command, env=kept, cwd=Path(__file__).parents[3], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Every check bites: True" in done.stdout
    assert "Wrong after all: nothing." in done.stdout
