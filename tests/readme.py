"""The parts of README.md that are made from the project: ``python -m tests.readme`` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

from crawler.registry import default_registry

README = Path(__file__).parents[1] / "README.md"


def outlets_table() -> str:
    """The newspapers of the registry as a Markdown table."""
    rows = [
        "| outlet | newspaper | province | CMS family | its rules rest on | hosts |",
        "|---|---|---|---|---|---|",
    ]
    for outlet in default_registry():
        former = f" (with {', '.join(outlet.former_provinces)})" if outlet.former_provinces else ""
        note = f" ({outlet.evidence_note})" if outlet.evidence_note else ""
        hosts = ", ".join(outlet.hosts)
        rows.append(
            f"| `{outlet.name}` | {outlet.title} | {outlet.province}{former} | {outlet.family or 'its own'} "
            f"| {outlet.evidence}{note} | {hosts} |"
        )
    return "\n".join(rows)


def with_part(text: str, name: str, part: str) -> str:
    """``text`` with what stands between the markers of ``name`` replaced."""
    pattern = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"README.md has no markers for {name!r}")
    return pattern.sub(lambda match: f"{match[1]}{part}\n{match[2]}", text)


def current() -> str:
    """README.md as it should be."""
    return with_part(README.read_text("utf-8"), "outlets", outlets_table())


if __name__ == "__main__":
    README.write_text(current(), "utf-8")
