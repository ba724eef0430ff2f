"""Defaults for options from normalize.toml, or [tool.normalize] of pyproject.toml; the command line wins.

field = ["text", "title"]      # an option's long name, for every command that has it
skip = ["crosslink"]

[check]                        # for one command only
drop = ["boilerplate"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from ..suggest import did_you_mean

# What belongs to one call and not to a project.
_NEVER = {
    *("inputs", "files_from", "output", "in_place", "resume", "isolated", "dump_config", "where", "text", "help", "left"),
    *("raw", "cleaned", "count", "kind", "force", "word", "date", "merge", "gold"),
}


class Configured(click.Command):
    """A command whose options take their defaults from the nearest configuration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        flags = {"is_flag": True, "expose_value": False}
        own = [
            click.Option(["--isolated"], help="Read no normalize.toml or pyproject.toml.", **flags),
            click.Option(["--dump-config"], help="Show all options as they would be, and exit.", **flags),
        ]
        for param in own:
            param.section = "Configuration"  # type: ignore[attr-defined]
        self.params += own

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the options in their sections, those of none first."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.get_params(ctx):
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)) is not None:
                section = "Configuration" if "--help" in param.opts else getattr(param, "section", "Options")
                sections.setdefault(section, []).append(record)
        for name, records in sections.items():
            if records:
                with formatter.section(name):
                    formatter.write_dl(records)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = args[: args.index("--")] if "--" in args else args
        path = None if "--isolated" in given else find(_working_directory())
        if path:
            ctx.default_map, ctx.meta[__name__] = defaults(path, self), path
        if "--dump-config" not in given:
            return super().parse_args(ctx, args)
        super().parse_args(ctx, args)
        table = dump(path, self, ctx.params)
        # As TOML escapes them: no configuration writes to a terminal what it obeys.
        click.echo("".join(c if c.isprintable() or c == "\n" else f"\\U{ord(c):08x}" for c in table), nl=False)
        ctx.exit()


def _working_directory() -> Path:
    """The folder that the command is called in. Raises UsageError where it was removed since."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise click.UsageError("the working directory is not there any more: go to one that is") from None


def used(ctx: click.Context) -> str:
    """Say which options of a call a configuration decided; "" where none did."""
    path = ctx.meta.get(__name__)
    names = [
        name
        for name, option in configurable(ctx.command).items()
        if option.name and ctx.get_parameter_source(option.name) is ParameterSource.DEFAULT_MAP
    ]
    if path is None or not names:
        return ""
    file = path.name if path.parent == _working_directory() else path
    return f"{len(names)} {'option' if len(names) == 1 else 'options'} from {file}: {', '.join(names)}"


def find(folder: Path) -> Path | None:
    """The configuration that holds in a folder: that of the nearest folder upwards that has one."""
    for place in (folder, *folder.parents):
        if (own := place / "normalize.toml").is_file():
            return own
        if (shared := place / "pyproject.toml").is_file() and "normalize" in _read(shared).get("tool", {}):
            return shared
    return None


def defaults(path: Path, command: click.Command) -> dict[str, Any]:
    """The defaults of a command in a configuration, by parameter. Raises UsageError for a key that no command has."""
    values = _read(path)
    if path.name == "pyproject.toml":
        values = values["tool"]["normalize"]
    every = commands()
    known = {name: option for other in every.values() for name, option in configurable(other).items()}
    shared = {key: value for key, value in values.items() if not (key in every and isinstance(value, dict))}
    own = values.get(str(command.name), {})
    own = own if isinstance(own, dict) else {}
    _check(path, shared, known, [*known, *every])
    for name, table in values.items():
        if name in every and isinstance(table, dict):
            _check(path, table, configurable(every[name]), configurable(every[name]))
    options = configurable(command)
    found = {}
    for key, value in {**shared, **own}.items():
        option = options.get(_name(key))
        if option and option.name:
            found[option.name] = _from_folder(path, key, option, value)
    return found


def _from_folder(path: Path, key: str, option: click.Option, value: Any) -> Any:
    """A value as click takes it; names of files, which may be anybody's, start in the configuration's folder.

    Raises UsageError where one leads out of that, and for a list or table where one value is taken.
    """
    if isinstance(value, dict) or (isinstance(value, list) and not option.multiple):
        raise click.UsageError(f"{path}: {key} takes one value, and no {'table' if isinstance(value, dict) else 'list'}")
    values = value if isinstance(value, list) else [value]
    if isinstance(option.type, click.Path | click.File):
        folder = path.parent.resolve()
        values = [name if name == "-" else str(folder / str(name)) for name in values]
        for name in values:
            if name != "-" and not Path(name).resolve().is_relative_to(folder):
                raise click.UsageError(f"{path}: {key} = {value!r} leads out of {folder}: say it on the command line")
    return values if isinstance(value, list) or option.multiple else values[0]


def configurable(command: click.Command) -> dict[str, click.Option]:
    """The options of a command that a configuration may set, by long name."""
    options = [param for param in command.params if isinstance(param, click.Option) and param.name not in _NEVER]
    return {next(name for name in option.opts if name.startswith("--"))[2:]: option for option in options}


def dump(path: Path | None, command: click.Command, params: Mapping[str, Any]) -> str:
    """The options of a call as a configuration that would make them so; unset ones as comments."""
    lines = [f"# {path}" if path else "# no configuration file"]
    for name, option in configurable(command).items():
        value = params.get(option.name or "")
        lines.append(f"# {name} is not set" if value is None else f"{name} = {toml(value)}")
    return "\n".join(lines) + "\n"


def commands() -> dict[str, click.Command]:
    from . import COMMANDS, group

    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in COMMANDS}
    return {name: command for name, command in found.items() if isinstance(command, Configured)}


def _check(path: Path, given: Mapping[str, Any], known: Mapping[str, object], offered: Iterable[str]) -> None:
    for key, value in given.items():
        if _name(key) not in known:
            others = [name for name in offered if name != _name(key)]  # "clean" is a table, and no value
            raise click.UsageError(f"{path}: unknown key {key!r}{did_you_mean(_name(key), others)}")
        if any("\0" in str(one) for one in (value if isinstance(value, list) else [value])):
            raise click.UsageError(f"{path}: {key} = {value!r} has a zero byte, which no option takes")


def _name(key: str) -> str:
    return key.replace("_", "-")


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # of no use where there is no such file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # of TOML, of UTF-8, of a number with thousands of digits
        raise click.UsageError(f"{path}: {error}") from None


def toml(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, int | float):
        return repr(value)
    import json

    return json.dumps(str(value), ensure_ascii=False)
