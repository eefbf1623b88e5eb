"""The parts of README.md that are made from the project: ``python -m tests.readme`` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path

from crawler.outlet_table import markdown
from crawler.registry import default_registry

README = Path(__file__).parents[1] / "README.md"


def with_part(text: str, name: str, part: str) -> str:
    """``text`` with what stands between the markers of ``name`` replaced."""
    pattern = re.compile(rf"(<!-- {name}: begin -->\n).*?(<!-- {name}: end -->)", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"README.md has no markers for {name!r}")
    return pattern.sub(lambda match: f"{match[1]}{part}\n{match[2]}", text)


def current() -> str:
    """README.md as it should be."""
    return with_part(README.read_text("utf-8"), "outlets", markdown(default_registry()))


if __name__ == "__main__":
    README.write_text(current(), "utf-8")
