"""People and sources: who wrote, who photographed, which agency is credited, and who of those named is nobody."""

from crawler.extraction.people.agencies import agencies_in
from crawler.extraction.people.anywhere import Credits
from crawler.extraction.people.byline import Byline, read_byline
from crawler.extraction.people.lines import is_byline
from crawler.extraction.people.names import is_name, looks_like_names
from crawler.extraction.people.refusals import is_own, is_paper
from crawler.extraction.people.roles import has_role
from crawler.extraction.people.search import find_credits, is_credit_line

__all__ = [
    "Byline",
    "Credits",
    "agencies_in",
    "find_credits",
    "has_role",
    "is_byline",
    "is_credit_line",
    "is_name",
    "is_own",
    "is_paper",
    "looks_like_names",
    "read_byline",
]
