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


def english(caption: str) -> str:
    text = "".join(
        f"<p>{'The crews rowed past the old mill, and the crowd on the bridge cheered. ' * 3}</p>" for _ in "ab"
    )
    photo = f"<figure><img src='/photo/boats.jpg'><figcaption>{caption}</figcaption></figure>"
    return (
        "<html lang='en'><head><title>Four new crews join the race</title></head><body>"
        f"<h1>Four new crews join the race</h1><article>{photo}{text}</article></body></html>"
    )


@pytest.mark.parametrize(
    "credit",
    [
        "<span class='photo-credit'>Ann Boatman/Canal Pictures</span>",
        "<span itemprop='copyrightHolder'>Ann Boatman</span>",
        "© Canal Pictures | Ann Boatman",
        "(Photo: Ann Boatman)",
        "Photo by Ann Boatman / Canal Pictures",
        "Foto: Ann Boatman",
    ],
)
def test_elsewhere_a_caption_is_what_the_photo_shows(credit: str) -> None:
    read = article(english(f"Boats below the mill. {credit}"))
    assert read.captions == ["Boats below the mill."]
    assert [dropped.rule for dropped in read.dropped] == ["credit"]


def test_a_caption_that_speaks_of_photos_is_whole() -> None:
    caption = "A photo by the river and a picture of boats"
    assert article(english(caption)).captions == [caption]


def test_a_vietnamese_paper_prints_the_photographer_in_the_caption() -> None:
    read = article(markup(HERO.replace("về đích", "về đích. <span class='credit'>Ảnh: Lâm Tới</span>") + TEXT))
    assert read.captions == ["Ghe về đích. Ảnh: Lâm Tới"]
