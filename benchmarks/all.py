"""Write all reports anew, one after the other, from the commit that is checked out.

    python benchmarks/all.py NEWS.jsonl [--gold GOLD.jsonl ...] [--large 500] [--only NAME ...] [--dirty]

NEWS is JSON lines with "text", "outlet" and "id". Fails where anything but the reports differs from the commit
(--dirty measures all the same, and the reports say so), and goes on to the next report where a script fails. A report that
is not written is removed: none is stale. With little else running it takes 20 to 30 minutes for 95 MB on two cores.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import machine


def scripts(dump: str, gold: list[str], large: str) -> dict[str, list[str]]:
    """The report that each script writes, and how it is called."""
    found = {
        "PROFILE": ["parts.py", dump],
        "SCALING": ["scaling.py", dump, "--large", large],
        "FORMATS": ["formats.py", dump, "--large", large],
        "PEERS": ["peers.py", dump],
        "NOISE": ["made_noise.py", *gold],
        "LEARNING": ["learning.py", dump],
        "ADAPTERS": ["adapters.py", dump],
    }
    return {**found, "QUALITY": ["quality.py", *gold]} if gold else found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump")
    parser.add_argument("--gold", nargs="*", default=[], help="for QUALITY; without it that report is left out")
    parser.add_argument("--large", default="500", metavar="MB")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="the reports to write: PROFILE, FORMATS, ...")
    parser.add_argument("--dirty", action="store_true")
    options = parser.parse_args()
    if machine.commit().endswith("-dirty") and not options.dirty:
        parser.error("commit first: a report says which commit it measured")
    wanted = scripts(options.dump, options.gold, options.large)
    if unknown := set(options.only or ()) - wanted.keys():
        parser.error(f"no such report: {', '.join(sorted(unknown))}")
    failed = []
    for name, (script, *arguments) in wanted.items():
        if options.only and name not in options.only:
            continue
        start = time.monotonic()
        ran = subprocess.run([sys.executable, str(machine.HERE / script), *arguments], check=False)
        print(f"{name}: {time.monotonic() - start:.0f} s, exit code {ran.returncode}", file=sys.stderr, flush=True)
        if ran.returncode:
            failed.append(name)
    for path in machine.REPORTS.glob("*.md") if not options.only else ():
        if path.stem not in wanted or path.stem in failed:
            path.unlink()
            Path(machine.REPORTS / "figures" / f"{path.stem.lower()}.json").unlink(missing_ok=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
