"""What figures were measured on, and where their raw form is kept."""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
import subprocess
from pathlib import Path

RUNS = Path(__file__).resolve().parent / "runs"


def processor() -> str:
    """The processor's name, as far as the system tells."""
    try:
        told = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    except OSError:
        told = None
    return told[1].strip() if told else platform.processor() or platform.machine()


def described() -> dict[str, object]:
    """The machine, the day, and the state of the source."""
    shown = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=RUNS.parent, capture_output=True, text=True, check=False
    )
    return {
        "date": datetime.date.today().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "commit": shown.stdout.strip(),
        "load": [round(load, 1) for load in os.getloadavg()],
    }


def keep(name: str, figures: dict[str, object]) -> Path:
    """Write figures as `name`.json in the folder of this day and machine; returns its path."""
    about = described()
    slug = re.sub(r"[^a-z0-9]+", "-", f"{about['processor']} {about['cores']} cores".lower()).strip("-")
    folder = RUNS / f"{about['date']}-{slug}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"machine": about, **figures}, indent=1) + "\n", encoding="utf-8")
    return path
