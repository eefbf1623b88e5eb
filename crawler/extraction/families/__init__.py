"""Families of CMS: the markup that several newspapers share."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.extraction.families.epi import Epi
from crawler.extraction.families.fck import Fck
from crawler.extraction.families.generic import Generic
from crawler.extraction.families.mediatech import MediaTech
from crawler.extraction.families.onecms import OneCms
from crawler.extraction.families.vnpt import Vnpt

#: The habits of a paper whose CMS no other has.
ALONE = Family()
FAMILIES: dict[str, Family] = {family.name: family for family in (OneCms(), Fck(), Vnpt(), MediaTech(), Epi())}
GENERIC = Generic()

__all__ = ["ALONE", "FAMILIES", "GENERIC", "Family"]
