"""Writing files."""

from __future__ import annotations

from pathlib import Path


def write_whole(file: Path, content: str | bytes) -> None:
    """Write ``content``, text as UTF-8, whole or not at all: a full disk or Ctrl-C leaves what was there.

    Raises ``OSError``.
    """
    target = file.resolve()  # of a link, what it leads to is written
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
