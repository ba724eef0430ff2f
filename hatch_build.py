"""Put into a wheel what is not a module of the source tree: the dictionaries, and the compiled kernel.

normalize/kernel/c/ is compiled where there is a C compiler and NORMALIZE_PURE is not set; else the wheel is pure Python.
setuptools compiles: by a public interface it finds the compiler of every platform (MSVC too) and heeds CC and CFLAGS.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULE = "normalize.kernel._native"
FLAGS = [] if sys.platform == "win32" else ["-O2", "-g0", "-ffp-contract=off"]  # contracted, sums would differ from Python's


class WheelHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if version != "editable":  # there they lie beside the package
            for path in (root / "dictionaries").glob("*.*"):
                build_data["force_include"][str(path)] = f"normalize/dictionaries/{path.name}"
        if os.environ.get("NORMALIZE_PURE"):
            return
        library = root.joinpath(*MODULE.split("."))
        library = library.with_name(library.name + str(sysconfig.get_config_var("EXT_SUFFIX")))
        try:
            compile_kernel(root)
        except Exception as error:  # whatever is wrong with the compiler: the package does without
            library.unlink(missing_ok=True)
            print(f"normalize: no compiled kernel, the pure one is used: {error}", file=sys.stderr)
            return
        build_data["artifacts"].append(f"/normalize/kernel/{library.name}")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def compile_kernel(root: Path) -> None:
    """Compile the kernel to its place in the package at `root`. Raises what setuptools raises, as without a compiler."""
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    source = root / "normalize" / "kernel" / "c" / "module.c"
    extension = Extension(MODULE, [os.path.relpath(source)], extra_compile_args=FLAGS)
    command = build_ext(Distribution({"name": "normalize", "ext_modules": [extension]}))
    command.build_lib = str(root)
    command.force = True  # a header may have changed: only module.c's time is looked at
    with tempfile.TemporaryDirectory() as objects:
        command.build_temp = objects
        command.ensure_finalized()
        command.run()
