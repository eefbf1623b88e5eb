"""Whether a text can be read: not scrambled for a script to put right, no template left unfilled."""

from __future__ import annotations

import re

# Addresses are long and hold no spaces, and are no scrambled text.
# What stands before an @ is bounded: in a long run without spaces it would be looked for from each character.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S+|#\w+")
# ASCII alone: Chinese and Thai have no spaces. German words have up to forty letters, and no digit among them.
_RUN = re.compile(r"(?=[A-Za-z]*\d)[A-Za-z0-9]{25,}|[A-Za-z]{60,}")
# As in b0axf8ex3c4bx1f93x: letters and digits by turns.
_TURNS = re.compile(r"\b(?:[A-Za-z]+\d+){3,}[A-Za-z]*\b|\b(?:\d+[A-Za-z]+){3,}\d*\b")
# What such words have somewhere, unless they are as long as no word is; a text that can be read has it next to never.
_MIXED = re.compile(r"[A-Za-z]\d|\d[A-Za-z]")
_LONG = 60
#: Share of a text's characters in such words, from which it is scrambled.
_SCRAMBLED = 0.3
#: Characters; a shorter text may be a code or a file name.
_SHORTEST = 25
# {{ title }}, {% if %}, <%= x %>, ${title}, [object Object]; of JSON and CSS braces nothing is said.
_TEMPLATE = re.compile(
    r"\{\{[^{}]{0,80}\}\}|\{%.{0,80}?%\}|<%.{0,80}?%>|\$\{[\w.]{1,60}\}|\[object Object\]|\[\[[\w.]{1,60}\]\]"
)


def is_scrambled(text: str) -> bool:
    """Whether ``text`` is letters in disorder, as some papers send them for a script to put right.

    Source: what a crawler without scripts gets of part of the articles of two papers, ``b0axf8ex3c4bx1f93x…``.
    """
    if not _MIXED.search(text) and max(map(len, text.split()), default=0) < _LONG:
        return False
    text = _ADDRESS.sub("", text)
    if len(text) < _SHORTEST:
        return False
    runs = (match[0] for pattern in (_RUN, _TURNS) for match in pattern.finditer(text))
    return sum(map(len, runs)) >= _SCRAMBLED * len(text)


def template_marks(text: str) -> list[str]:
    """The marks of a template that nobody filled in, as they stand in ``text``."""
    return _TEMPLATE.findall(text)


def is_unfilled(text: str) -> bool:
    """Whether a text is template marks and next to nothing else."""
    return bool(template_marks(text)) and sum(map(str.isalpha, _TEMPLATE.sub("", text))) < len(text) / 4
