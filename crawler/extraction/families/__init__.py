"""Families of CMS: the markup that several newspapers share."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.extraction.families.dcontent import DContent
from crawler.extraction.families.epi import Epi
from crawler.extraction.families.fck import Fck
from crawler.extraction.families.generic import Generic
from crawler.extraction.families.mediatech import MediaTech
from crawler.extraction.families.onecms import OneCms
from crawler.extraction.families.vnpt import Vnpt
from crawler.outlet import Outlet

#: The habits of a paper whose CMS no other has.
ALONE = Family()
FAMILIES: dict[str, Family] = {
    family.name: family for family in (OneCms(), Fck(), Vnpt(), MediaTech(), Epi(), DContent())
}
GENERIC = Generic()

__all__ = ["ALONE", "FAMILIES", "GENERIC", "Family", "families_of"]


def families_of(outlet: Outlet, url: str | None) -> list[Family]:
    """The families whose layouts may fit a page of ``outlet``, likeliest first; ``ALONE`` for one of its own."""
    return [FAMILIES[name] for name in outlet.families(url)] or [ALONE]
