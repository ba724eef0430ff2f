"""Writes docs/configuration.md, the page of every key of normalize.toml, from the commands themselves.

python docs/build_configuration.py            # writes it
python docs/build_configuration.py --check    # exit code 1 where it is not what the commands say
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from built_page import keep

from normalize.cli.config import commands, configurable, toml

PAGE = Path(__file__).parent / "configuration.md"

HEAD = """\
# Configuration

<!-- Made by docs/build_configuration.py out of the commands. -->

Options that belong to a project stand in a file: `normalize.toml`, or the section `[tool.normalize]` of `pyproject.toml`.
That of the nearest folder upwards from where the command is called holds; the command line wins over it, and `--isolated`
reads none. A run says at its end which options it took from one. `normalize init DUMP` looks at a dump and writes one.

```toml
field = ["text", "title"]      # a key is an option's long name, for every command that has the option
date-field = "published"
skip = ["crosslink", "date.*"]
keep-words = "keep.txt"        # files are named from the folder of the configuration, and may not lie outside of it

[check]                        # a command's own table wins over the rest
drop = ["boilerplate"]
```

`--dump-config` shows all options of a command as they would be, with the file that they come from, and runs nothing:

```console
$ normalize check --dump-config
# no configuration file
...
field = ["text"]
# date-field is not set
...
```

A key that no command has, or a value that does not fit, ends the command with exit code 2 and says what was likely meant.
What belongs to one call has no key: inputs, `--output`, `--in-place`, `--resume`, `--where`, `--files-from`.

## A shell that completes

Bash, zsh and fish complete commands, options, files, and the names of rules and tags behind `--skip`, `--drop` and
`normalize rules`. Put the line of your shell into its start-up file:

```text
eval "$(_NORMALIZE_COMPLETE=bash_source normalize)"      # ~/.bashrc
eval "$(_NORMALIZE_COMPLETE=zsh_source normalize)"       # ~/.zshrc
_NORMALIZE_COMPLETE=fish_source normalize | source       # ~/.config/fish/completions/normalize.fish
```

## Every key
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for section, keys in sections().items() for line in table(section, keys))])


def sections() -> dict[str, dict[str, list[tuple[str, click.Option]]]]:
    """The keys by section of the help: each with the commands that have it, and their option."""
    found: dict[str, dict[str, list[tuple[str, click.Option]]]] = {}
    for command, one in commands().items():
        for key, option in configurable(one).items():
            section = getattr(option, "section", "Of one command")
            found.setdefault(section, {}).setdefault(key, []).append((command, option))
    return dict(sorted(found.items(), key=lambda item: item[0] == "Of one command"))


def table(section: str, keys: dict[str, list[tuple[str, click.Option]]]) -> Iterator[str]:
    """The lines that tell of the keys of a section."""
    yield f"### {section}\n"
    yield "| key | value | unless set | of | what it does |"
    yield "|---|---|---|---|---|"
    for key, uses in keys.items():
        option = uses[0][1]
        named = ", ".join(f"`{command}`" for command, _ in uses)
        yield f"| `{key}` | {kind(option)} | {default(option)} | {named} | {cell(option.help or '')} |"
    yield ""


def kind(option: click.Option) -> str:
    """What values an option takes."""
    if option.is_flag:
        return "`true` or `false`"
    if isinstance(option.type, click.Choice):
        one = " or ".join(f"`{choice}`" for choice in option.type.choices)
    elif isinstance(option.type, click.Path | click.File):
        one = "a folder" if isinstance(option.type, click.Path) and not option.type.file_okay else "a file"
    elif "integer" in option.type.name or "float" in option.type.name:
        one = "a number"
    else:
        one = "a string"
    return f"{one}, or a list of them" if option.multiple else one


def default(option: click.Option) -> str:
    """The value of an option that nobody set."""
    value = option.get_default(click.Context(click.Command("none")))
    return (
        f"`{toml(value)}`" if isinstance(value, str | bool | int | float | tuple | list) and value not in ("", ()) else "-"
    )


def cell(text: str) -> str:
    """A text in a cell of a table."""
    return text.replace("|", "\\|").replace("*", "\\*")


if __name__ == "__main__":
    sys.exit(keep(PAGE, page()))
