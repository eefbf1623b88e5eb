"""What is wrong with an article is said, and rubbish is no text; every text is invented."""

from __future__ import annotations

import pytest

from crawler.extraction.legibility import is_scrambled, is_unfilled
from crawler.items import Article, Rejection
from tests.extraction.generic.reading import TITLE, A, B, C
from tests.extraction.test_net import article, paragraphs, result

SCRAMBLED = "b0axf8ex3c4bx1f93xa7c2e9d1f0b0axf8ex3c4bx1f93xa7c2e9d1f0 b0axf8ex3c4bx1f93x"


def body(*texts: str) -> str:
    return f"<div id='newscontents'><div class='content-fck'>{paragraphs(list(texts))}</div></div>"


def codes(found: Article) -> list[str]:
    return [warning.partition(":")[0] for warning in found.warnings]


def test_scrambled_paragraphs_are_no_text_and_the_article_is_incomplete() -> None:
    found = article(body(A, SCRAMBLED, B, SCRAMBLED, C))
    assert found.paragraphs == [A, B, C]
    assert found.warnings == ["incomplete: 2 of 5 blocks are scrambled by the site"]
    assert [dropped.rule for dropped in found.dropped] == ["scrambled", "scrambled"]


@pytest.mark.parametrize(
    "text",
    [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft heißt ein langes Wort.",
        "Xem tại https://bao.example/a/b0axf8ex3c4bx1f93xa7c2e9d1f0b0axf8ex3c4bx1f93x.html và gửi ý kiến về tòa soạn.",
        "Các lớp 10A1, 10A2, 11B3, 12C4 và 12C5 cùng dự thi; giải thuộc về lớp 11B3 với 98 điểm.",
        "本报讯今年以来全县粮食生产再获丰收农民收入稳步增长乡村面貌焕然一新群众生活水平不断提高",
        "SHA256",
        "",
    ],
)
def test_long_words_addresses_and_codes_are_not_scrambled(text: str) -> None:
    assert not is_scrambled(text)


@pytest.mark.parametrize("mark", ["{{ article.body }}", "{% include 'x' %}", "<%= sapo %>", "[object Object]"])
def test_what_a_template_left_is_no_text(mark: str) -> None:
    shown = mark.replace("<", "&lt;")
    found = article(body(A, shown, B))
    assert found.paragraphs == [A, B]
    assert codes(found) == ["template_marks"]


def test_a_title_that_nobody_filled_in_gives_way_to_the_next() -> None:
    found = result(body(A, B), f'<meta property="og:title" content="{TITLE}">', title="{{ article.title }}")
    assert isinstance(found, Article)
    assert (found.title, found.provenance["title"]) == (TITLE, "meta")


def test_a_text_about_templates_stays() -> None:
    text = "Trong khuôn mẫu, dấu {{ ten }} được thay bằng tên người nhận trước khi thư được gửi đi cho từng người."
    assert not is_unfilled(text)


def test_two_titles_are_named() -> None:
    found = article(body(A, B), '<meta property="og:title" content="Giá lúa tăng, thương lái đặt cọc sớm">')
    assert found.title == TITLE
    assert found.warnings == [f"titles_differ: {TITLE} / Giá lúa tăng, thương lái đặt cọc sớm"]


def test_a_longer_form_of_the_title_is_no_other() -> None:
    assert article(body(A, B), f'<meta property="og:title" content="Ảnh: {TITLE}">').warnings == []


def test_a_page_in_another_language_is_named_as_such() -> None:
    english = (
        "Hundreds of people came early yesterday to watch the first boat race of the year from both banks of the canal."
    )
    found = result(
        body(english, f"Twelve crews took part. {english}", f"{english} Then it rained."),
        title="Four new crews join the race",
    )
    assert isinstance(found, Rejection)
    assert (found.kind, found.reason) == ("other_language", "the text is not Vietnamese, the page says vi")
