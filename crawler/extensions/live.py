"""Progress bars on a terminal, with the log scrolling above them."""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Live:
    """One bar an outlet, on standard error; it is gone when the block ends."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]:.1f}/s"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            refresh_per_second=4,
        )
        self._tasks: dict[str, TaskID] = {}
        self._handlers: list[logging.StreamHandler[Any]] = []

    def show(self, name: str, done: int, left: int) -> None:
        """Move the bar of outlet ``name``."""
        task = self._tasks.get(name)
        if task is None:
            task = self._tasks[name] = self._progress.add_task(name, total=None, pace=0.0)
        elapsed = self._progress.tasks[list(self._tasks).index(name)].elapsed or 1.0
        self._progress.update(task, completed=done, total=done + left, pace=done / elapsed)

    def __enter__(self) -> Self:
        terminal = sys.stderr
        self._progress.start()
        # While bars are shown rich puts something before sys.stderr; the log has to write there too.
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is terminal:
                self._handlers.append(handler)
                handler.setStream(sys.stderr)
        self._terminal = terminal
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handler in self._handlers:
            handler.setStream(self._terminal)
        self._progress.stop()
