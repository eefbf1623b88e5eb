"""Whether a line is a byline at all."""

from __future__ import annotations

import re

from crawler.extraction.people.names import is_name, looks_like_names
from crawler.extraction.people.parts import EDGES, in_brackets, split_names, without_brackets
from crawler.extraction.people.refusals import is_agency
from crawler.extraction.people.roles import ROLE_ALONE, ROLES, has_role, without_role
from crawler.extraction.people.sources import SOURCE, SOURCE_TAIL, is_source
from crawler.extraction.text import tidy

# Characters; longer lines are sentences.
_LONGEST_LINE = 160

# What an author does; "(Ảnh: …)" and "(Video: …)" speak of the picture above.
_WRITES = re.compile(r"\s*(?:tin|bài|nội dung|thực hiện)\b", re.IGNORECASE)


def is_byline(text: str, styled: bool = False) -> bool:
    """Whether a line is a byline: role words with names, a credited source, or a signature.

    ``styled`` says that the page sets the line apart (bold, to the right, an author class), which lets longer
    or odder names pass.
    """
    text = tidy(text)
    if styled and (text[0:1] in "*•|" or (text[0:1] in "-–—" and text[-1:] in "-–—")):
        text = text.strip("-–—*•| ")
    if not text or len(text) > _LONGEST_LINE or re.match(r"^[-–•+*]\s", text):
        return False
    if text[0] in "([" and text[-1] in ")]" and _stands_for_names(text[1:-1], styled):
        return True
    if has_role(text) or (styled and _names_before_role(text)):
        rest = split_names(ROLES.sub(" ; ", without_brackets(text)))
        return 0 < len(rest) <= 8 and all(is_name(part, True) or is_source(part) for part in rest)
    source = SOURCE.match(ROLES.split(without_brackets(text))[0].rstrip(" -–;,")) or SOURCE.match(text.strip("()[] "))
    if source:
        return is_source(source["name"], text)
    bare = without_brackets(text)
    bracketed = any(SOURCE.match(inner) or is_agency(inner) for inner in in_brackets(text))
    if bracketed and not bare.strip(EDGES):
        return True
    tail = SOURCE_TAIL.search(bare)
    if tail and tail.start() > 0:
        return is_source(tail["name"]) and looks_like_names(bare[: tail.start()], styled=True)
    # An unknown word before a colon is a role only where the line is set apart.
    by_role = without_role(bare, unknown=styled)
    return looks_like_names(by_role, styled or bracketed or by_role != bare)


def _stands_for_names(inner: str, styled: bool) -> bool:
    """Whether a line that is one bracket holds a role word alone, the writer's role with names or, set apart, names."""
    if has_role(inner) and _WRITES.match(inner):
        return is_byline(inner, styled)
    return bool(ROLE_ALONE.fullmatch(inner.strip())) or (styled and looks_like_names(inner, styled))


def _names_before_role(text: str) -> bool:
    """``A; ảnh: B``: a full stop before the role would end a caption."""
    role = ROLES.search(text)
    before = text[: role.start()].rstrip() if role else ""
    return before[-1:] in tuple(",;–-") and looks_like_names(before.rstrip(",;–- "), styled=True)
