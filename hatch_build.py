"""Compile normalize/kernel/c/ while the package is built, where there is a C compiler; without one it stays pure Python."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KernelHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if os.environ.get("NORMALIZE_PURE"):
            return
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
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
