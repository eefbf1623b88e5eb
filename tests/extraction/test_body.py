"""What a piece of the body is, told by how it is set. One frame, many bodies; every text is invented."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extraction import read
from crawler.items import Article, Page, Result
from crawler.registry import default_registry

FRAME = (
    "<html><body><h1 class='fw700'>Hội đua ghe ở Bình Lộc</h1><span class='pubdate'>08/01/2026 - 18:21</span>"
    "<div id='newscontents'><div class='content-fck'>{}</div></div></body></html>"
)
A = "Sáng qua, hàng trăm người dân xã Bình Lộc có mặt từ sớm bên bờ kênh để xem hội đua ghe đầu năm của các ấp."
B = "Theo ban tổ chức, năm nay có mười hai đội đua, tăng bốn đội so với lần trước, nhiều tay chèo còn rất trẻ."
C = "Ông Lâm Văn Tới, người làng lâu năm, cho biết bà con chuẩn bị suốt hai tháng, tập luyện cả những đêm mưa."
CAPTION = "Các đội đua ghe tranh tài trên kênh Bình Lộc"
PHOTO = '<img src="/upload/2026/ghe.jpg" width="600">'
TEXT = f"<p>{A}</p><p>{B}</p>"


def article(body: str) -> Article:
    result: Result = read(
        Page(
            "https://baocantho.com.vn/hoi-dua-ghe-a12345.html",
            FRAME.format(body).encode(),
            datetime(2027, 1, 1, tzinfo=UTC),
        ),
        default_registry(),
    )
    assert isinstance(result, Article), result
    return result


@pytest.mark.parametrize(
    "caption",
    [
        f"<p>{PHOTO}</p><p><em>{CAPTION}</em></p>",
        f"<p>{PHOTO}</p><p style='text-align:center'>{CAPTION}</p>",
        f"<p>{PHOTO}</p><p><font color='#0000ff' size='2'>{CAPTION}</font></p>",
        f"<p>{PHOTO}</p><p><span style='font-size:11px'>{CAPTION}</span></p>",
        f"<p>{PHOTO}</p><h6>{CAPTION}</h6>",
        f"<p>{PHOTO}</p><p>{CAPTION}</p>",
        f"<p class='note'>{PHOTO}<br>{CAPTION}</p>",
        f"<figure>{PHOTO}<figcaption>{CAPTION}</figcaption></figure>",
        f"<figure>{PHOTO}<figcaption><h2>{CAPTION}</h2></figcaption></figure>",
        f"<table><tr><td>{PHOTO}</td></tr><tr><td>{CAPTION}</td></tr></table>",
        f"<p><img src='/upload/a.jpg' alt='{CAPTION}'></p><p>{CAPTION}</p>",
    ],
)
def test_captions_are_never_paragraphs(caption: str) -> None:
    read_article = article(f"<p>{A}</p>{caption}<p>{B}</p><p>{C}</p>")
    assert read_article.paragraphs == [A, B, C]
    assert read_article.captions == [CAPTION]
    assert len(read_article.images) == 1
    assert read_article.images[0].caption == CAPTION


@pytest.mark.parametrize("text", ["Nguồn nước ở đây rất trong.", "Ảnh hưởng của mưa lũ còn kéo dài."])
def test_a_short_paragraph_behind_a_caption_is_no_credit(text: str) -> None:
    read_article = article(f"<p>{A}</p><p>{PHOTO}</p><p><em>{CAPTION}</em></p><p>{text}</p><p>{B}</p>")
    assert read_article.paragraphs == [A, text, B]
    assert read_article.captions == [CAPTION]


def test_captions_that_outnumber_the_paragraphs_are_captions() -> None:
    photos = "".join(
        f"<p>{PHOTO.replace('ghe', str(n))}</p>"
        f"<p style='text-align:center'><em>Đội ghe số {n} về đích trong tiếng trống.</em></p>"
        for n in range(5)
    )
    assert article(f"<p>{A}</p>{photos}<p>{B}</p>").paragraphs == [A, B]


@pytest.mark.parametrize(
    "text",
    [
        "Bước 2: Xuất trình căn cước công dân",
        "“Chúng tôi mong giá ổn định để yên tâm tái đàn”",
        "Điều 3. Giải thích từ ngữ",
        "Giá vật tư thì thế nào?",
        "30/4/1975",
        "Mưa lớn kéo dài suốt tuần qua khiến nhiều tuyến đường ngập sâu, ảnh hưởng đến việc đi lại.",
        B,
    ],
)
def test_text_behind_a_photo_without_caption_stays_text(text: str) -> None:
    assert article(f"<p>{A}</p><p>{PHOTO}</p><p>{text}</p><p>{C}</p>").paragraphs == [A, text, C]


@pytest.mark.parametrize(
    ("byline", "authors", "source"),
    [
        ("<p style='text-align:right'><strong>Tin, ảnh: HOÀNG VŨ</strong></p>", ["HOÀNG VŨ"], None),
        (f"<p>{PHOTO}</p><p style='text-align:right'><strong>Tin, ảnh: HOÀNG VŨ</strong></p>", ["HOÀNG VŨ"], None),
        (f"<p>{PHOTO}</p><p>Bài, ảnh: HOÀNG VŨ</p>", ["HOÀNG VŨ"], None),
        ("<p align='right'>Bài: LÊ MINH</p><p align='right'>Ảnh: HOÀNG VŨ</p>", ["LÊ MINH", "HOÀNG VŨ"], None),
        ("<p class='author'>PHƯƠNG LAN<br>LÊ MINH</p>", ["PHƯƠNG LAN", "LÊ MINH"], None),
        ("<p style='text-align:right'><b>Trường Giang</b></p>", ["Trường Giang"], None),
        ("<p>Trúc Linh</p>", ["Trúc Linh"], None),
        ("<p>T.H (Theo TTXVN)</p>", ["T.H"], "TTXVN"),
        ("<p align='right'><b>HOÀNG VŨ</b></p><p>(Còn tiếp)</p>", ["HOÀNG VŨ"], None),
        ("<p>Theo Vietnam+</p><p>&nbsp;</p>", [], "Vietnam+"),
        ("<p>(Bài, ảnh: HOÀNG VŨ)</p>", ["HOÀNG VŨ"], None),
        ("<p align='right'><b>LÊ MINH; ảnh: HOÀNG VŨ</b></p>", ["LÊ MINH", "HOÀNG VŨ"], None),
    ],
)
def test_the_byline_is_no_paragraph(byline: str, authors: list[str], source: str | None) -> None:
    read_article = article(TEXT + byline)
    assert read_article.authors == authors
    assert read_article.source == source
    assert read_article.paragraphs[:2] == [A, B]
    assert not any(name in text for name in authors for text in [*read_article.paragraphs, *read_article.captions])


@pytest.mark.parametrize(
    "last",
    [
        "<p>Huyện Châu Lộc</p>",
        "<p>Giải Nhất: Nguyễn Văn An</p>",
        "<p>Chủ tài khoản: Nguyễn Thị Na</p>",
        "<p>- Lê Văn Bình</p>",
        "<p style='text-align:right'>TM. ỦY BAN NHÂN DÂN</p>",
    ],
)
def test_a_last_line_that_signs_nothing_stays(last: str) -> None:
    read_article = article(TEXT + last)
    assert read_article.authors == []
    assert len(read_article.paragraphs) == 3


def test_a_list_of_winners_signs_nothing() -> None:
    names = ["Nguyễn Văn An", "Lê Thị Bình", "Trần Văn Chín"]
    read_article = article(TEXT + "".join(f"<p>{name}</p>" for name in names))
    assert read_article.authors == []
    assert read_article.paragraphs[2:] == names


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (f"{A}<br><br>{B}<br><br>{C}", [A, B, C]),
        (f"<p>{A}<br>{B}<br>{C}</p>", [A, B, C]),
        (f"<p>{A}</p>{B}<p>{C}</p>", [A, B, C]),
        (f"<div>{A}</div></div><p>{B}</p><p>{C}</p>", [A, B, C]),
        (f"<table><tr><td><p>{A}</p><p>{B}</p></td><td>{PHOTO}</td></tr></table><p>{C}</p>", [A, B, C]),
        (f"<table><tr><td>{PHOTO}</td></tr><p>{A}</p><p>{B}</p>", [A, B]),
        (f"<div class='share-content'><p>{A}</p><p>{B}</p></div>", [A, B]),
        (f"<p>{A}</p><p>Ai về Bình Lộc<br>Con kênh xanh mát</p><p>{B}</p>", [A, "Ai về Bình Lộc Con kênh xanh mát", B]),
        (
            f"<p>{A}</p><table><tr><th>Ấp</th><th>Đội</th></tr><tr><td>Một</td><td>3</td></tr></table>",
            [A, "Ấp Đội", "Một 3"],
        ),
        (f"<p>Có <ins>mười hai</ins> đội.</p><p>{A}</p>", ["Có mười hai đội.", A]),
    ],
)
def test_text_is_read_wherever_it_stands(body: str, paragraphs: list[str]) -> None:
    assert article(body).paragraphs == paragraphs


def test_a_line_of_roles_between_photo_and_text_credits_the_photo() -> None:
    credit = "Đồ họa: HOÀNG VŨ"
    found = article(f"<p>{A}</p><p>{PHOTO}</p><p style='text-align:center'>{credit}</p><p>{B}</p><p>{C}</p>")
    assert (found.captions, found.paragraphs, found.authors) == ([credit], [A, B, C], [])


def test_a_bold_line_below_a_photo_is_a_caption_with_a_full_stop_and_a_heading_without() -> None:
    for line, captions in ((f"{CAPTION}.", [f"{CAPTION}."]), (CAPTION, [])):
        bold = f"<p style='text-align:center'><b>{line}</b></p>"
        assert article(f"<p>{A}</p><p>{PHOTO}</p>{bold}<p>{B}</p><p>{C}</p>").captions == captions


@pytest.mark.parametrize("words", ["Mời độc giả đón đọc: ", "Xem lại: ", "Kỳ trước: "])
def test_an_invitation_to_another_article_is_dropped(words: str) -> None:
    link = f"<p><i>{words}<a href='/bai-khac-a12.html'>Người Bình Lộc nạo vét kênh trước mùa mưa</a></i></p>"
    assert article(f"<p>{A}</p>{link}<p>{B}</p>").paragraphs == [A, B]


def test_links_to_other_articles_are_dropped_with_their_card() -> None:
    card = (
        "<div class='x'><a href='/bai-khac-a12.html'><img src='/upload/k.jpg'></a>"
        "<h3><a href='/bai-khac-a12.html'>Người Bình Lộc nạo vét kênh</a></h3><p>Một câu tóm tắt ngắn.</p></div>"
    )
    read_article = article(f"<p>{A}</p>{card}<p>{B} <a href='/bai-khac-a12.html'>kênh Bình Lộc</a> dài ba cây số.</p>")
    assert read_article.paragraphs == [A, f"{B} kênh Bình Lộc dài ba cây số."]
    assert read_article.images == []
    assert {dropped.rule for dropped in read_article.dropped} == {"related_link"}


def test_a_page_of_links_that_were_never_closed_keeps_its_text() -> None:
    body = "".join(f"<p><a href='/bai-a9.html'>{A} {n}</p>" for n in range(30))
    assert len(article(body).paragraphs) == 30


def test_an_article_about_block_pages_is_an_article() -> None:
    page = FRAME.replace("Hội đua ghe ở Bình Lộc", "Truy cập của bạn bị chặn: cảnh giác chiêu lừa captcha")
    result = read(
        Page("https://baocantho.com.vn/x-a1.html", page.format(TEXT).encode(), datetime(2027, 1, 1, tzinfo=UTC)),
        default_registry(),
    )
    assert isinstance(result, Article)


def test_a_brief_about_a_search_is_no_error_page() -> None:
    page = FRAME.replace("Hội đua ghe ở Bình Lộc", "Chưa tìm thấy nạn nhân mất tích trên kênh Bình Lộc")
    body = page.format("<p>Đến chiều nay, lực lượng cứu hộ vẫn không tìm thấy nạn nhân mất tích trên kênh.</p>")
    result = read(
        Page("https://baocantho.com.vn/x-a1.html", body.encode(), datetime(2027, 1, 1, tzinfo=UTC)), default_registry()
    )
    assert isinstance(result, Article)
