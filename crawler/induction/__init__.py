"""Learns where a site keeps things: given pages and what should come out of them, proposes selectors."""

from __future__ import annotations

from crawler.induction.examples import Example, Wanted
from crawler.induction.proposal import Proposal, propose
from crawler.induction.ranking import Candidate
from crawler.induction.stated import examples_of

__all__ = ["Candidate", "Example", "Proposal", "Wanted", "examples_of", "propose"]
