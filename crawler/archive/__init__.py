"""archive.db: everything that was fetched and read, in one SQLite file."""

from crawler.archive.archive import Archive, archive_path
from crawler.archive.errors import ArchiveBusy, ArchiveDamaged, ArchiveError, NotFound, OutletBusy
from crawler.archive.locks import OutletLock
from crawler.archive.model import ArticleRecord, Candidate, Hit, Lease, OutletCounts, RunSummary, Status
from crawler.urls import url_key

__all__ = [
    "Archive",
    "ArchiveBusy",
    "ArchiveDamaged",
    "ArchiveError",
    "ArticleRecord",
    "Candidate",
    "Hit",
    "Lease",
    "NotFound",
    "OutletBusy",
    "OutletCounts",
    "OutletLock",
    "RunSummary",
    "Status",
    "archive_path",
    "url_key",
]
