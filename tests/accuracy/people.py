"""Which of the authors a ground truth names are people: not the paper, its desk or an agency."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.folding import fold
from crawler.pages.compare import Record

_NOBODY = re.compile(
    r"redaktion|redaction|redazione|redacción|newsroom|\bdesk\b|\bstaff\b|agentur|agency|agence|ajans|\bpress\b"
    r"|\b(?:dpa|afp|apa|sda|efe|ansa|ntb|tt|ap|news|online|correspondent)\b|新聞|通信|\.\w{2,}$",
    re.IGNORECASE,
)


def people(expected: Record) -> list[str]:
    """The people among the expected authors, in order; the project's own convention names no others.

    Ground truth made elsewhere (it states ``flow``) names papers and agencies too.
    """
    if "flow" not in expected:
        return list(expected["authors"])
    site = re.sub(r"[^a-z0-9]", "", urlsplit(expected.get("url") or "").hostname or "")
    return [name for name in expected.get("authors") or () if not _is_nobody(name, site)]


def _is_nobody(name: str, site: str) -> bool:
    bare = re.sub(r"[^a-z0-9]", "", fold(name))
    return bool(_NOBODY.search(name)) or (len(bare) > 3 and bare in site)
