"""What several test folders share."""

from __future__ import annotations

import ctypes
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

    ``BAOTINH_ARCHIVE`` points into ``tmp_path``, so that no test touches a real archive. ``unprivileged``: even
    root is stopped by the permissions of files and folders, as every other user is.
    """

    def run(
        *arguments: str | os.PathLike[str],
        cwd: Path = PROJECT,
        stdin: str | None = None,
        timeout: float = 120,
        unprivileged: bool = False,
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
            preexec_fn=_respect_permissions if unprivileged else None,
            check=False,
        )

    return run


def _respect_permissions() -> None:
    """Give up root's two capabilities to read and write everything (Linux; others are not root in tests)."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP: gone with the next exec
