"""Say what a report was measured on, and write it: reports/NAME.md for readers, reports/figures/NAME.json for programs."""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
import subprocess
import textwrap
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPORTS = HERE / "reports"


def processor() -> str:
    """The processor's name, where the system says it."""
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        found = None
    return found[1].strip() if found else platform.processor() or platform.machine()


def git(*arguments: str) -> str:
    """What git prints; "" where there is no repository."""
    ran = subprocess.run(["git", *arguments], cwd=HERE.parent, capture_output=True, text=True, check=False)
    return ran.stdout.strip()


def commit() -> str:
    """The commit measured, with "-dirty" behind it where anything but the reports differs from it."""
    is_dirty = git("status", "--porcelain", "--", ".", f":!{REPORTS.relative_to(HERE.parent)}")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("-dirty" if is_dirty else "")


def described() -> dict[str, object]:
    """The commit, the day and the machine."""
    return {
        "commit": commit(),
        "date": datetime.date.today().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def head(title: str, script: str, about: dict[str, object], dump: str, text: str) -> str:
    """The top of a report: its title, who wrote it, on what and from what, and `text` on how to read it."""
    load = ", ".join(map(str, about["load"]))  # type: ignore[call-overload]
    introduction = textwrap.fill(f"Written by `benchmarks/{script}`: not to be edited. {' '.join(text.split())}", 125)
    return (
        f"# {title}\n\n{introduction}\n\n"
        f"* commit {about['commit']}, {about['date']}\n"
        f"* {about['processor']}, {about['cores']} cores, {about['system']}, {about['python']}; load {load} at the start\n"
        f"* {dump}\n\n"
    )


def write(name: str, text: str, about: dict[str, object], figures: dict[str, object]) -> None:
    """Write the report `name`, and the figures it was made of."""
    (REPORTS / "figures").mkdir(parents=True, exist_ok=True)
    (REPORTS / f"{name}.md").write_text(text, encoding="utf-8")
    data = json.dumps({"machine": about, **figures}, indent=1)
    (REPORTS / "figures" / f"{name.lower()}.json").write_text(data + "\n", encoding="utf-8")
    print(REPORTS / f"{name}.md")
