"""Put into a wheel what is not a module of the source tree: the dictionaries, and the compiled kernel.

normalize/kernel/c/ is compiled where there is a C compiler and NORMALIZE_PURE is not set; else the wheel is pure Python.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":  # there they lie beside the package
            for path in Path(self.root, "dictionaries").glob("*.*"):
                build_data["force_include"][str(path)] = f"normalize/dictionaries/{path.name}"
        if not os.environ.get("NORMALIZE_PURE"):
            self._compile(build_data)

    def _compile(self, build_data: dict[str, Any]) -> None:
        kernel = Path(self.root, "normalize", "kernel")
        source = kernel / "c" / "module.c"
        target = kernel / ("_native" + sysconfig.get_config_var("EXT_SUFFIX"))
        compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
        include = sysconfig.get_paths()["include"]
        flags = ["-O2", "-ffp-contract=off", "-fPIC", "-shared"]  # contracted, sums would differ from Python's
        flags += ["-undefined", "dynamic_lookup"] if sys.platform == "darwin" else []
        try:
            subprocess.run([*compiler, *flags, f"-I{include}", str(source), "-o", str(target)], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            target.unlink(missing_ok=True)
            print(f"normalize: no compiled kernel, the pure one is used: {error}", file=sys.stderr)
            return
        build_data["artifacts"].append(f"/normalize/kernel/{target.name}")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
