"""What several test folders share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent

RunScrapy = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run_scrapy(tmp_path: Path) -> RunScrapy:
    """Run ``scrapy ARGUMENTS`` as a user would: a process of its own, by default in the project folder.

    ``BAOTINH_ARCHIVE`` points into ``tmp_path``, so that no test touches a real archive.
    """

    def run(
        *arguments: str | os.PathLike[str],
        cwd: Path = PROJECT,
        stdin: str | None = None,
        timeout: float = 120,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *(str(argument) for argument in arguments)],
            cwd=cwd,
            input=stdin,
            env=os.environ
            | {"BAOTINH_ARCHIVE": str(tmp_path / "archive.db"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "110"}
            | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run
