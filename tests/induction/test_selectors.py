"""Names that a template gives, and selectors made of them."""

from __future__ import annotations

import lxml.html
import pytest

from crawler.extraction.finder import Finder
from crawler.induction.selectors import is_stable, selectors_of

PAGE = """
<div id="page-10264"><main class="grid-12 reading">
<div class="css-1x9kq2 opening"><h1 class="sc-bdVaJa headline">Tít</h1>
<p class="jsx-qwrtpsd" itemprop="description">Sa pô</p></div></main></div>
"""


@pytest.mark.parametrize("name", ["sapo", "story-title", "newsDetail", "td-post-content", "block_sc_title", "noi-dung"])
def test_words_of_a_template_are_stable(name: str) -> None:
    assert is_stable(name)


@pytest.mark.parametrize("name", ["", "col-8", "css-1x9kq2", "sc-bdVaJa", "post-10264", "jsx-qwrtpsd", "a b", "tít"])
def test_numbers_hashes_and_ids_of_pages_are_not(name: str) -> None:
    assert not is_stable(name)


def test_selectors_find_their_element_and_use_no_positions_and_numbers() -> None:
    root = lxml.html.document_fromstring(PAGE)
    for element in root.iter("h1", "p"):
        found = selectors_of(element)
        assert found
        for css in found:
            assert element in Finder(root).select(css), css
            assert ":" not in css
            assert not any(char.isdigit() for char in css.replace("h1", "")), css
    (lead,) = root.iter("p")
    assert "[itemprop=description]" in selectors_of(lead)
