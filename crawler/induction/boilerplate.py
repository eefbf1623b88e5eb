"""Learning which texts, tags and images of an outlet are debris: those that stand on many unrelated articles.

A text on many pages is not debris for that alone. An agency's story printed a dozen times, a bulletin that comes out
every morning, an article under two addresses share whole paragraphs too. So only *witnesses* count: articles most of
whose text is their own, neither the same as a block of another article nor a slightly changed one. Copies and
bulletins are no witnesses, whatever they share. What another paper's article says as well is syndicated, and stays.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crawler.extraction.boilerplate import KINDS, Boilerplate, Part, Repeated, identity, parts_of
from crawler.folding import storable, syllables
from crawler.items import Article

#: Witnesses of a layout that must be counted, and that must have the text, before anything is learnt.
COUNTED, LEAST = 30, 10
#: Share of the witnesses that must have it. No running text of a newspaper comes back word for word in every fifth
#: unrelated article; short labels ("Trả lời:") do in a paper's columns, and so does the tag of its own province.
SHARES: dict[Part, float] = {"text": 0.2, "image": 0.2, "tag": 0.9}
SHORT_TEXT_SHARE = 0.8
#: Syllables of a text that is not short.
SHORT = 8
#: A witness has so many syllables of its own, which are such a share of its text …
OWN_SYLLABLES, OWN_SHARE = 40, 0.5
#: … and of its own runs of eight syllables such a share in no other article. Two unrelated articles share next to
#: none of those; where every tenth syllable of a copy was changed, two fifths are left.
OWN_RUNS, RUN = 0.8, 8

Key = tuple[Part, str]


@dataclass(frozen=True, slots=True)
class _Text:
    """What is kept of a text: its length in syllables, and its runs of syllables as numbers.

    A number stands for a run within this process. A thousand long articles have two million runs, so each takes eight
    bytes and not a string.
    """

    length: int
    runs: array[int]

    @classmethod
    def of(cls, text: str) -> _Text:
        words = syllables(text)
        starts = range(max(1, len(words) - RUN + 1) if words else 0)
        return cls(len(words), array("q", {hash(tuple(words[at : at + RUN])) for at in starts}))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is kept of an article while others are read: its parts, and what its texts are made of."""

    layout: str
    parts: frozenset[Key]
    texts: dict[Key, _Text]


def learn(
    outlet: str, articles: Iterable[Article], stands_elsewhere: Callable[[str], bool] = lambda text: False
) -> Boilerplate:
    """Learn the boilerplate of an outlet from its articles as extracted, not yet cleaned; newest first.

    ``stands_elsewhere`` says whether another paper has an article with this text. Too few articles teach nothing.
    """
    counted: list[_Counted] = []
    examples: dict[Key, str] = {}
    for article in articles:
        if article.outlet == outlet and article.layout:
            contents = _contents(article)
            counted.append(_counted(article, contents))
            for key, content in contents.items():
                examples.setdefault(key, storable(content))  # to be shown and written; JSON may hold half a character
    found = []
    for layout, group in _by_layout(_witnesses(counted)).items():
        standing = Counter(key for one in group for key in one.parts)
        for (part, sha256), pages in sorted(standing.items()):
            example = examples[part, sha256]
            if is_debris(part, example, pages, len(group)) and not (part == "text" and stands_elsewhere(example)):
                found.append(Repeated(layout, part, sha256, pages, len(group), example))
    return Boilerplate(outlet, tuple(sorted(found, key=lambda one: (one.layout, -one.pages, one.sha256))))


def is_debris(part: Part, content: str, pages: int, of: int) -> bool:
    """Whether something that stands on ``pages`` of ``of`` unrelated articles is debris."""
    if of < COUNTED or pages < LEAST:
        return False
    is_short = part == "text" and len(syllables(content)) < SHORT
    return pages >= (SHORT_TEXT_SHARE if is_short else SHARES[part]) * of


def _contents(article: Article) -> dict[Key, str]:
    contents: dict[Key, str] = {}
    for part, content in parts_of(article):
        contents.setdefault((part, identity(content)), content)
    return contents


def _counted(article: Article, contents: dict[Key, str]) -> _Counted:
    keys: list[Key] = [("text", identity(block.text)) for block in article.blocks if block.kind in KINDS]
    texts = {key: _Text.of(contents[key]) for key in dict.fromkeys(keys)}
    return _Counted(article.layout or "", frozenset(contents), texts)


def _witnesses(counted: Sequence[_Counted]) -> list[_Counted]:
    blocks = Counter(key for one in counted for key in one.texts)
    seen: set[int] = set()
    shared: set[int] = set()
    for one in counted:
        runs = _own_runs(one, blocks)
        shared |= seen & runs
        seen |= runs
    return [one for one in counted if _is_witness(one, blocks, shared)]


def _own_runs(one: _Counted, blocks: Counter[Key]) -> set[int]:
    """The runs of syllables of the blocks that no other article has."""
    return {run for key, text in one.texts.items() if blocks[key] == 1 for run in text.runs}


def _is_witness(one: _Counted, blocks: Counter[Key], shared: set[int]) -> bool:
    whole = sum(text.length for text in one.texts.values())
    own = sum(text.length for key, text in one.texts.items() if blocks[key] == 1)
    if own < OWN_SYLLABLES or own < OWN_SHARE * whole:
        return False
    found = _own_runs(one, blocks)
    return len(found - shared) >= OWN_RUNS * len(found)


def _by_layout(witnesses: Iterable[_Counted]) -> dict[str, list[_Counted]]:
    groups: dict[str, list[_Counted]] = defaultdict(list)
    for one in witnesses:
        groups[one.layout].append(one)
    return dict(sorted(groups.items()))
