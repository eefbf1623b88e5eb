"""What can go wrong with an archive, in words that say what to do about it."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be opened, read or written; the message is for people and says what to do."""


class ArchiveBusy(ArchiveError):
    """Another process held the archive locked for longer than we wait."""


class ArchiveDamaged(ArchiveError):
    """SQLite found that the file is not what it wrote, or a stored body does not decode to its hash."""


class NotFound(ArchiveError):
    """Nothing in the archive fits what was asked for."""


class OutletBusy(ArchiveError):
    """Another run is crawling the outlet at this moment; ``pid`` is its process, ``None`` if unknown."""

    def __init__(self, outlet: str, pid: int | None, since: str | None) -> None:
        self.outlet, self.pid, self.since = outlet, pid, since
        who = f"process {pid}" if pid else "another process"
        when = f" since {since}" if since else ""
        super().__init__(f"{outlet} is being crawled by {who}{when}; wait until it has ended, or end it")
