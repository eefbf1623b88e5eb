"""The body of a page without rules."""

from __future__ import annotations

from tests.extraction.generic.reading import BODY, A, B, C, article, markup, result

TEASER = (
    "Bà con xã Tân Lập vừa thu hoạch xong vụ lúa sớm, năng suất tăng nhờ giống mới được trạm khuyến nông đưa về từ "
    "đầu năm ngoái và nhờ nước về đúng lúc."
)


def card(number: int) -> str:
    return (
        f"<div class='story'><h3><a href='/xa-hoi/tin-{number}.html'>Vụ lúa sớm ở xã Tân Lập lần thứ {number}</a></h3>"
        f"<div class='summary'><p>{TEASER.replace('Tân', f'Tân {number}')}</p></div></div>"
    )


def test_cards_of_other_stories_are_no_text_however_many() -> None:
    cards = "".join(map(card, range(12)))
    read = article(markup(f"<div class='text'>{BODY}</div>", after=f"<div class='list'>{cards}</div>"))
    assert read.paragraphs == [A, B, C]


def test_sections_with_linked_headings_stay() -> None:
    """A list of tips links its headings to other sites, or to places on the page."""
    parts = "".join(f"<div class='tip'><h3><a href='#m{n}'>Mẹo thứ {n}</a></h3><p>{C}{n}</p></div>" for n in range(3))
    read = article(markup(f"<div class='text'><p>{A}</p>{parts}</div>"))
    assert [text for text in read.paragraphs if text.startswith(C)] == [f"{C}{n}" for n in range(3)]


def test_an_error_page_with_status_200_is_none_whatever_stands_beside_it() -> None:
    found = result(
        "<html lang='vi'><body><h1>Không tìm thấy trang</h1><p>Trang bạn tìm không tồn tại hoặc đã bị gỡ.</p>"
        f"<div>{''.join(map(card, range(6)))}</div></body></html>"
    )
    assert found.kind == "error"


def test_words_for_blind_readers_part_no_line() -> None:
    link = "<a href='/x.html'>hội đua ghe<span class='sr-only'> (mở trong cửa sổ mới)</span></a>"
    hidden = "<span style='clip:rect(0 0 0 0);position:absolute'>, opens new tab</span>"
    read = article(markup(f"<div class='text'><p>{A}</p><p>Xem {link}{hidden} ở trang bên. {B}</p><p>{C}</p></div>"))
    assert read.paragraphs == [A, f"Xem hội đua ghe ở trang bên. {B}", C]
