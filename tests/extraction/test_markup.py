from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.markup import MAX_DEPTH, parse


def _paragraphs(html: str) -> list[str]:
    root, _ = parse(html.encode())
    return ["".join(p.itertext()).strip() for p in root.iter("p")]


def test_an_end_tag_before_the_head_does_not_end_the_page() -> None:
    html = "<!DOCTYPE html><html lang='vi'></html><head><title>t</title></head><body><p>một</p></body></html><p>hai</p>"
    assert _paragraphs(html) == ["một", "hai"]
    assert parse(html.encode())[1] == "vi"


def test_documents_inside_the_page_are_part_of_it() -> None:
    html = (
        "<html><body><div id='c'><!DOCTYPE html><html><head><title>x</title></head><body><p>một</p></body></html>"
        "<p>hai</p></div><p>ba</p></body></html>"
    )
    root, _ = parse(html.encode())
    assert ["".join(p.itertext()) for p in root.xpath("//*[@id='c']//p")] == ["một", "hai"]


def test_unclosed_inline_elements_lose_nothing() -> None:
    html = "<html><body>" + "".join(f"<p><font><b><span>đoạn {n}</p>" for n in range(400))
    assert _paragraphs(html) == [f"đoạn {n}" for n in range(400)]


def test_unclosed_inline_elements_around_blocks_lose_nothing() -> None:
    html = "<html><body>" + "".join(f"<div><b><i><u>đoạn {n}</div><p>câu {n}</p>" for n in range(400))
    assert len(_paragraphs(html)) == 400


def test_a_hundred_thousand_nested_elements_keep_the_text_behind_them() -> None:
    html = "<html><body>" + "<div>" * 100_000 + "sâu" + "</div>" * 100_000 + "<p>sau cùng</p>"
    root, _ = parse(html.encode())
    assert "".join(root.itertext()) == "sâusau cùng"
    deepest = max(sum(1 for _ in element.iterancestors()) for element in root.iter())
    assert deepest <= MAX_DEPTH + 4


def test_nesting_behind_a_stray_quotation_mark_is_flattened_too() -> None:
    """A count of tags takes the quotation mark for the beginning of an attribute that ends far behind."""
    html = '<html><body><a href=x"y>' + "<table>" * 400 + '<p>sâu</p><p>trong" ></p><p>sau cùng</p>'
    root, _ = parse(html.encode())
    assert max(sum(1 for _ in element.iterancestors()) for element in root.iter()) <= MAX_DEPTH + 4
    assert "".join(root.itertext()).split() == ["sâu", 'trong"', ">", "sau", "cùng"]


def test_nesting_with_characters_that_no_tree_takes_is_flattened_too() -> None:
    html = '<html><body><a href=x"y>' + "<div>" * 400 + '<p>sâu&#1;&#xFFFF; hơn</p><p>trong" ></p>'
    root, _ = parse(html.encode())
    assert "".join(root.itertext()).split() == ["sâu", "hơn", 'trong"', ">"]


def test_nesting_that_is_never_closed_keeps_every_text() -> None:
    html = "<html><body>" + "".join(f"<div><section>đoạn {n}" for n in range(3000))
    root, _ = parse(html.encode())
    text = "".join(root.itertext())
    assert all(f"đoạn {n}" in text for n in range(0, 3000, 97))


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<td>",
                "</html>",
                "<body>",
                "chữ ",
                "<",
                "&",
                "<!--",
                "\x00",
            ]
        ),
        max_size=60,
    )
)
def test_any_order_of_tags_is_parsed(pieces: list[str]) -> None:
    text = "<html><body>gốc " + "".join(pieces)
    root, _ = parse(text.encode())
    assert "gốc" in "".join(root.itertext())


def test_work_grows_with_the_page_not_with_its_square() -> None:
    """Counted in characters kept, not in seconds: twice the page gives twice the text, and both end."""
    started = time.monotonic()
    small, large = (
        len("".join(parse(("<html>" + "<b><font>từ " * n).encode())[0].itertext())) for n in (20_000, 40_000)
    )
    assert large == 2 * small
    assert time.monotonic() - started < 60
