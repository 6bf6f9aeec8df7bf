"""`make bench`: run the benchmarks one after the other and gather what they wrote in docs/benchmarks.md.

`python -m benchmarks estimates lists` runs some of them; the others keep their last results.
"""

import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
HEAD = """# What was measured

Written by `make bench`; each section by its own command, shown in it. Absolute figures move from machine to machine:
compare the ratios, measured in one run. Tests never assert on time.
"""


def benches() -> dict[str, Path]:
    return {path.parent.name: path for path in sorted(HERE.glob("*/bench.py"))}


def gather() -> str:
    sections = [path.parent / "results.md" for path in benches().values()]
    texts = [section.read_text().strip() for section in sections if section.exists()]
    machine = f"Gathered {date.today()} with Python {platform.python_version()} on {platform.machine()}."
    return "\n\n".join([HEAD.strip(), machine, *texts]) + "\n"


def main(wanted: list[str]) -> int:
    failed = []
    for name in wanted or list(benches()):
        print(f"--- {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}.bench"], check=False).returncode:
            failed.append(name)
    PAGE.write_text(gather())
    print(f"Written to {PAGE.relative_to(HERE.parent)}" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
