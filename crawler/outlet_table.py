"""The registry as a table for people: on a terminal and in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from crawler.outlet import Outlet

COLUMNS = ("name", "title", "province", "family", "evidence", "hosts")
_HEADS = ("newspaper", "province, with those merged into it", "hosts", "CMS family", "rules rest on")


def row(outlet: Outlet) -> tuple[str, ...]:
    """An outlet's values in the order of ``COLUMNS``; a star says that there is a note on the evidence."""
    evidence = outlet.evidence + (" *" if outlet.evidence_note else "")
    hosts = ", ".join(outlet.hosts + outlet.former_hosts)
    return outlet.name, outlet.title, outlet.province, outlet.family or "its own", evidence, hosts


def markdown(outlets: Iterable[Outlet]) -> str:
    """The outlets as a Markdown table, invented ones last; unverified hosts are in italics."""
    rows = [_HEADS, ("---",) * len(_HEADS)]
    for outlet in sorted(outlets, key=lambda one: (one.evidence == "bundled press", one.name)):
        former = f" ({', '.join(outlet.former_provinces)})" if outlet.former_provinces else ""
        note = f"; {outlet.evidence_note}" if outlet.evidence_note else ""
        hosts = [*outlet.hosts, *outlet.former_hosts, *(f"*{host}*" for host in outlet.unverified_hosts)]
        families = [outlet.family or "its own", *outlet.families(None)]
        rows.append(
            (
                f"{outlet.title} `{outlet.name}`",
                outlet.province + former,
                "<br>".join(hosts),
                ", ".join(dict.fromkeys(families)),
                outlet.evidence + note,
            )
        )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
