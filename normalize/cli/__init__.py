"""The command line: this module dispatches, and each command is a module of its own, imported when it is called.

Start reading at clean.py. options.py has the options that commands share, config.py their defaults from files, running.py
what every run over a dump does, progress.py and reporting.py its messages and reports.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import os
import signal
import sys
from contextlib import suppress
from errno import EBADF, EDQUOT, EFBIG, EIO, ENOSPC
from typing import Any, NoReturn

import click

from .. import __version__

# Exit codes, the same for every command.
OK = 0
NOT_ALL_CLEAN = 1  # something was rejected or passed through uncleaned; for `check`: there is something to fix
FAILED = 2  # wrong usage, or the run could not go on
INTERRUPTED = 130  # Ctrl-C
BROKEN_PIPE = 141  # the reader of our output went away
SIGNALLED = 128  # and the number of SIGTERM or SIGHUP

COMMANDS = {
    "clean": "Repair the texts of files, and write them out.",
    "check": "Show what would be repaired.",
    "undo": "Take edits back out of cleaned files.",
    "apply": "Make the edits of a log again, without dictionaries.",
    "edits": "Show, count, sample or convert an edit log.",
    "compare": "Show what differs between two edit logs, or two ways to clean.",
    "explain": "Show every repair of one text, with its rule and confidence.",
    "init": "Look at a dump, and write a normalize.toml for it.",
    "rules": "List the rules, or describe one.",
    "card": "Write a dataset card from the report of a run.",
    "review": "Make a page to judge the edits of a run on.",
    "audit": "Estimate how many edits of a run are right, from a sample that you judge.",
    "learn": "Learn from a dump what is right in it, for cleaning it.",
    "noise": "Put measured noise into clean text, to measure a cleaner by.",
    "bench": "Measure how fast a dump is cleaned here, and where the time goes.",
}


FULL = (ENOSPC, EDQUOT, EFBIG)  # why a file can grow no more


class OutputClosed(Exception):
    """Says that the reader of our standard output went away."""


class Commands(click.Group):
    """Find a command in the module of its name."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would make it exit code 1, which means something else here
            raise OutputClosed from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f".{cmd_name}", __name__).command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or say what was likely meant."""
        from ..suggest import did_you_mean

        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            hint = did_you_mean(name, COMMANDS)
            if not hint and (name == "-" or os.path.exists(name)):
                hint = f": to clean it, say normalize clean {name}"
            raise click.UsageError(f"there is no command {name!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _show_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from .. import kernel

        click.echo(f"normalize {__version__} ({'compiled' if kernel.compiled else 'pure Python'})")
        context.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version and exit."
)
def group() -> None:
    """Repair what scraping and typing broke in Indonesian news.

    Exit codes: 0 all is well; 1 something was rejected or could not be cleaned (check: there is something to fix);
    2 wrong usage, or the run could not go on; 129 the terminal went away; 130 Ctrl-C; 141 the reader of the output went
    away; 143 terminated.
    """
    from .pure_notice import say_once

    say_once()


class Terminated(BaseException):
    """Says that SIGTERM or SIGHUP came, with its number."""


def _terminate(number: int, frame: object) -> None:
    raise Terminated(number)


def _heed_signals() -> None:
    """Let a run that is told to end do so as with Ctrl-C: it keeps what is done, and its workers end with it."""
    signal.signal(signal.SIGTERM, _terminate)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:  # else nohup is to be heeded
        signal.signal(signal.SIGHUP, _terminate)


def script() -> NoReturn:
    """Run the console script, and end the process at once.

    Else the interpreter would take dictionaries and memos apart, object by object: a fifth of a second.
    """
    code: object = FAILED
    try:
        main()
    except SystemExit as end:
        code = end.code
    atexit._run_exitfuncs()
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else FAILED)


def _open_closed_streams() -> None:
    """Put something in the place of streams that the caller closed, so that no file of ours is taken for one of them."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            # What is written to a closed standard output fails, as it is to; messages go nowhere.
            handle = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


class _Messages(io.FileIO):
    """Standard error. On a full disk, or a terminal that is gone, messages are lost, and the run goes on.

    Its data may go elsewhere.
    """

    def write(self, data: Any) -> int:
        """Write bytes, if there is room for them."""
        try:
            return super().write(data) or 0
        except OSError as error:
            if error.errno not in (*FULL, EIO):
                raise
            return len(data)


def _let_messages_be_lost() -> None:
    """Go on where standard error cannot be written any more."""
    stream = sys.stderr
    if stream is sys.__stderr__ and isinstance(stream, io.TextIOWrapper):
        buffer = io.BufferedWriter(_Messages(stream.fileno(), "w", closefd=False))
        sys.stderr = io.TextIOWrapper(buffer, stream.encoding, stream.errors, line_buffering=True)


def _write_all_or_fail() -> None:
    """Buffer a standard output that is not (PYTHONUNBUFFERED): a write may take a part of the data, and tells nobody."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper) and isinstance(stream.buffer, io.RawIOBase):
        buffer = io.BufferedWriter(stream.buffer)
        sys.stdout = io.TextIOWrapper(buffer, stream.encoding, stream.errors, line_buffering=True)


def _show(error: click.ClickException) -> None:
    """Show an error, which may name files and fields, so that a terminal obeys nothing in it."""
    from ..dumps.visible import visible

    shown = io.StringIO()
    error.show(shown)
    click.echo(visible(shown.getvalue(), keep="\n"), err=True, nl=False)


def main() -> NoReturn:
    """Run the command line, with an exit code for everything that may happen."""
    _open_closed_streams()
    _let_messages_be_lost()
    _write_all_or_fail()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # of what a terminal's encoding lacks
    _heed_signals()
    gc.set_threshold(500_000, 20, 100)  # dictionaries are many objects, and none of them ever is garbage
    try:
        code = group.main(standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        _show(error)
        code = FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except Terminated as end:
        click.echo("terminated", err=True)
        code = SIGNALLED + end.args[0]
    except (OutputClosed, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains as it ends
        code = BROKEN_PIPE
    except Exception as error:
        if isinstance(error, OSError) and error.errno == ENOSPC:
            click.echo("Error: the disk is full", err=True)
        elif isinstance(error, OSError) and error.errno == EBADF:
            click.echo("Error: standard output is closed", err=True)
        elif isinstance(error, OSError) and error.errno in FULL:
            click.echo(f"Error: standard output: {error.strerror}", err=True)
        else:
            import traceback

            traceback.print_exc()
        code = FAILED
    sys.exit(code if isinstance(code, int) else OK)
