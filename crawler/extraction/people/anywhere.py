"""Credits on a page of any country: ``By A and B``, ``Von A, Berlin``, ``記者``; agencies apart from people."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extraction.people.agencies import agency_of
from crawler.extraction.people.organisations import is_organisation
from crawler.extraction.people.posts import without_post
from crawler.extraction.people.refusals import is_address, is_login, is_paper, is_placeholder
from crawler.extraction.text import alternatives, tidy, unique

# Characters; a longer text is no line of names.
_LONGEST = 300
_MOST_WORDS = 6
_MOST_NAMES = 12
_GENRE = alternatives(
    r"""
    an? | the | material | ein(?:e|en)? | un[ae]? | kommentar | gastkommentar | gastbeitrag | analyse | interview
    kolumne | essay | text | bericht | reportage | glosse | story | words | written | reported | reporting | compiled
    edited | opinion | analysis | review | commentary | column | exclusive | news | features? | fotos? | photos?
    pictures | video | illustrations? | propos | recueillis | récit | opinión | texto | testo | texte
    aufgezeichnet | published | posted
    """
)
_BY = alternatives(
    "by | von | vom | par | por | di | av | af | door | oleh | przez | autore? | autor(?:in|en)? | auteurs? | authors?"
)
_PREFIX = re.compile(rf"^(?:{_GENRE}\s+){{0,3}}{_BY}(?:\s*:\s*|\s+(?=\S)|$)", re.IGNORECASE)
_BARE_BY = re.compile(r"(?:By|Von|Par|Por|Di|Av|Af)\s")
# "VonAnna Lee": the space was a margin.
_GLUED = re.compile(r"^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)(?=[A-ZÀ-Ý])")
# What somebody did, before a colon: "Text: A, Fotos: B".
_LABEL = re.compile(r"^[^\W\d_]+(?:\s[^\W\d_]+){0,2}\s*[:：]\s*")
# Others who worked on it: "Redaktion: …", "Editing by …".
_NO_AUTHORS = re.compile(
    r"\W*(?:redaktion|schnitt|kamera|regie|moderation|produktion|production|camera|editing|edited|fact-check\w*)\b"
    r"[^:\n]{0,20}(?::|\bby\b)",
    re.IGNORECASE,
)
_AND = alternatives("and | und | et | en | og | och | ja | and by | with | mit | avec | con | và | dan | ve | &")
_SEPARATOR = re.compile(
    rf"\s*[,;|/／•·、，\n]\s*|(?<=[a-zà-ÿ]{{5}})\.\s+|\s+[-–—]\s+|\s+{_AND}(?:\s+|$)|^{_AND}\s+|\s*&\s*|\s{{3,}}",
    re.IGNORECASE,
)
# "Ana Ruiz y Juan Gil" are two; "José Ortega y Gasset" is one where the page's data says that it is a name.
_ONE_LETTER_AND = re.compile(r"\s+[yei]\s+")
_TWO_WORDS_BEHIND = re.compile(r"\s+[yei]\s+(?=\S+\s+\S)")
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_CONTACT = re.compile(r"\S+@\S+|(?<!\S)@\w+|https?://\S+")
_EDGES = " .,:;-–—•*|\"'“”…©>»【】"
_PARTICLES = frozenset(
    """
    von van der den de del della di da dos das do du los las la le el al bin ibn binti ten ter zu zum af av y e i
    """.split()
)
_ELIDED = re.compile(r"(?:[dlo]['’]|[ae]l-)[^\W\d_a-z]")
_LATIN_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['’.\-‐])*$")
_IDEOGRAPHIC_ROLE = re.compile(
    r"^(?:(?:本報|本报)?[記记]者|作者|撰文|取材|文)(?:[:：・]|\s+|(?=[\u3400-\u9fff]{2,4}$))"
)
_IDEOGRAMS = re.compile(
    r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々]+(?:[ ・　][\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af々]+)?$"
)


@dataclass(slots=True)
class Credits:
    """Who is named, as printed; ``sources`` are the agencies among them, ``rest`` what is neither."""

    people: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def read_credits(text: str, own_names: tuple[str, ...] = (), stated: bool = False) -> Credits:
    """Read a line that should name authors; line breaks part names.

    ``stated`` says that the page's data calls the whole text one person's name: then a single word or small letters
    pass. ``own_names`` are the paper's own, never an author.
    """
    credits = Credits()
    text = text.strip()
    if not text or len(text) > _LONGEST or _NO_AUTHORS.match(text):
        return credits
    own = frozenset(map(_key, own_names))
    for inner in _BRACKETS.findall(text):
        credits.sources += [part.strip() for part in _SEPARATOR.split(inner) if part and agency_of(part)]
    names = (_TWO_WORDS_BEHIND if stated else _ONE_LETTER_AND).sub("\n", _CONTACT.sub(" ", _BRACKETS.sub(" ", text)))
    parts = [part for part in _SEPARATOR.split(names) if part.strip(_EDGES)]
    alone = len(parts) == 1
    for place, part in enumerate(parts[: 2 * _MOST_NAMES]):
        # "Di Lund" behind others is somebody, before them it is "by Lund".
        part = tidy(part)
        name = _stripped(_without_prefix(part) if not place or not _BARE_BY.match(part) else part)
        if not name or _is_own(name, own):
            continue
        name = without_post(name)
        mark, _, more = name.partition(" ")
        if agency_of(name):
            credits.sources.append(name)
        elif more and mark.isupper() and agency_of(mark):
            # "AP Sports Writer"
            credits.sources.append(mark)
        elif is_address(name) or is_paper(name) or is_placeholder(name) or is_organisation(name):
            credits.rest.append(name)
        elif _is_person(name, stated and alone):
            credits.people.append(name)
        else:
            credits.rest.append(name)
    credits.people = unique(_without_places(credits.people))[:_MOST_NAMES]
    credits.sources = unique(credits.sources)
    return credits


def names_in_order(text: str) -> str:
    """``Brazil, Rachel``, as library data has it, in the order of speech."""
    family, comma, given = (part.strip() for part in text.partition(","))
    turned = comma and "," not in given and " " not in family and 0 < len(given.split()) <= 2
    return f"{given} {family}" if turned else text


def begins_as_byline(text: str) -> bool:
    """Whether a line begins with ``By``, ``Von``, ``Par`` …, which a byline needs where nothing else marks it."""
    return bool(_PREFIX.match(text))


def _without_prefix(name: str) -> str:
    name = _GLUED.sub("", _PREFIX.sub("", _IDEOGRAPHIC_ROLE.sub("", name)))
    return _LABEL.sub("", name) if ":" in name or "：" in name else name


def _stripped(name: str) -> str:
    """``name`` without what stands around it; the full stop of ``Jr.`` stays."""
    bare = name.strip(_EDGES)
    return f"{bare}." if name.endswith((" Jr.", " Sr.")) else bare


def _without_places(people: list[str]) -> list[str]:
    """Names without the single words behind them: ``Anna Sleegers, Frankfurt``."""
    return [name for name in people if " " in name or _IDEOGRAMS.match(name)] or people


def _is_person(name: str, alone: bool) -> bool:
    if _IDEOGRAMS.match(name):
        return 2 <= len(name) <= 8
    words = name.split()
    if not 0 < len(words) <= _MOST_WORDS or not all(_LATIN_WORD.match(word) for word in words):
        return False
    if is_login(name) or (len(words) == 1 and (not alone or len(name) < 3 or name.isupper())):
        return False
    if alone and name.islower():
        return 2 <= len(words) <= 4
    small = [word for word in words if word[0].islower() and not _ELIDED.match(word)]
    return all(word in _PARTICLES for word in small) and words[-1] not in small


def _is_own(name: str, own: frozenset[str]) -> bool:
    """Whether a name is the paper's, or begins with its mark: ``MDR THÜRINGEN``."""
    return _key(name) in own or (" " in name and len(first := _key(name.split()[0])) >= 3 and first in own)


def _key(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())
