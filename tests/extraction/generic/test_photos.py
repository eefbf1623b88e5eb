"""The photos of a page without rules."""

from __future__ import annotations

import pytest

from tests.extraction.generic.reading import BODY, LEAD, A, B, C, article, markup

HERO = "<figure><img src='/anh/ghe.jpg'><figcaption>Ghe về đích</figcaption></figure>"
TEXT = f"<div class='text'>{BODY}</div>"
OTHER = "<div class='teaser'><a href='/khac.html'><img src='/anh/khac.jpg'></a></div>"
ADDRESS = "https://bao.example/anh/ghe.jpg"


@pytest.mark.parametrize(
    "html",
    [
        f"{HERO}{TEXT}",
        f"<p class='sapo'>{LEAD}</p><div class='hero'>{HERO}</div>{TEXT}",
        f"<div class='author-box'><img src='/anh/tac-gia.jpg'></div>{HERO}{TEXT}",
        f"<div class='hero'>{HERO}</div>{TEXT}<div class='author'><img src='/anh/tac-gia.jpg'></div>",
        f"<figure><img class='teaser-cut' src='/anh/ghe.jpg'><figcaption>Ghe về đích</figcaption></figure>{TEXT}",
        f"<div class='hero'>{HERO}</div><div class='text'>{BODY}{OTHER}</div>",
    ],
)
def test_the_photo_above_the_text_is_the_articles(html: str) -> None:
    read = article(markup(html))
    assert [(image.url, image.caption) for image in read.images] == [(ADDRESS, "Ghe về đích")]
    assert read.captions == ["Ghe về đích"]
    assert read.paragraphs == [A, B, C]


@pytest.mark.parametrize(
    "html",
    [
        f"<aside>{HERO}</aside>{TEXT}",
        f"<div class='newsletter'><img src='/anh/thu.jpg'></div>{TEXT}",
        f"<a href='/xa-hoi/bai-khac.html'><img src='/anh/khac.jpg'></a>{TEXT}",
        f"<img src='/anh/index-transparent_h-3.gif'>{TEXT}",
    ],
)
def test_pictures_of_the_site_and_of_other_stories_are_not(html: str) -> None:
    assert article(markup(html)).images == []
