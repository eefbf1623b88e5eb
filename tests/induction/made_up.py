"""Pages of an invented paper on an invented CMS, in two editions of its markup. All texts are our own."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawler.items import Page

HOST = "baodongsay.test"
FETCHED = datetime(2026, 11, 20, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Story:
    number: int
    slug: str
    title: str
    minute: str  # local time, ISO
    author: str
    section: tuple[str, str]  # path, name
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"https://{HOST}/{self.slug}-n{self.number}.html"

    @property
    def shown(self) -> str:
        moment = datetime.fromisoformat(self.minute)
        return f"{moment:%d/%m/%Y} | {moment:%H:%M}"


STORIES = (
    Story(
        41207,
        "lang-chieu-dinh-yen-vao-mua",
        "Làng chiếu Định Yên vào mua cói mới",
        "2026-10-04T06:35:00",
        "Trần Bảo Ngọc",
        ("van-hoa", "Văn hóa"),
        "Những sân phơi dọc rạch Cái Dứa đỏ rực màu cói nhuộm, báo hiệu vụ chiếu lớn nhất trong năm đã bắt đầu.",
        (
            "Từ bốn giờ sáng, ghe chở cói từ miệt Vàm Sắt đã cặp kín bến. Mỗi hộ dệt mua chừng ba trăm bó.",
            "Bà Sáu Lành kể, nhà bà giữ nghề qua bốn đời, khung dệt bằng gỗ mù u vẫn còn chắc như ngày bà về làm dâu.",
            "Hợp tác xã vừa ký hợp đồng với ba nhà nghỉ ven sông, nhận đặt riêng loại chiếu hoa văn hình con thuyền.",
            "Giá một đôi chiếu năm nay nhỉnh hơn năm trước khoảng hai mươi nghìn đồng, thợ dệt phấn khởi.",
        ),
    ),
    Story(
        41219,
        "tram-bom-cau-ke-chay-het-cong-suat",
        "Trạm bơm Cầu Kè chạy hết công suất",
        "2026-10-06T14:08:00",
        "Lý Hoài Phong",
        ("kinh-te", "Kinh tế"),
        "Mưa lớn ba ngày liền khiến hơn hai trăm hecta lúa chớm trổ ở cánh đồng Bảy Ngàn chìm trong nước.",
        (
            "Bốn tổ máy của trạm bơm hoạt động suốt ngày đêm, đến chiều mùng sáu mực nước nội đồng đã hạ gần ba tấc.",
            "Ông Lê Văn Tám, tổ trưởng tổ bơm, nói anh em thay nhau trực, cơm nước do các chị trong ấp mang ra tận bờ.",
            "Ngành điện bố trí thêm một đường dây tạm, bảo đảm không nơi nào phải dừng máy vì quá tải.",
        ),
    ),
    Story(
        41233,
        "thu-vien-xe-loi-cua-thay-giao-ve-huu",
        "Thư viện xe lôi của thầy giáo về hưu",
        "2026-10-09T09:12:00",
        "Võ Thị Mai",
        ("giao-duc", "Giáo dục"),
        "Chiếc xe lôi cũ chở hơn bốn trăm cuốn sách đi khắp các xóm nhỏ, chiều nào cũng có trẻ con đứng đợi.",
        (
            "Thầy Nguyễn Hữu Đức dạy văn ba mươi hai năm, ngày nghỉ hưu chỉ xin lại mấy kệ sách cũ của trường.",
            "Mỗi tuần thầy ghé sáu xóm, mỗi nơi dừng hai tiếng. Sách cho mượn không ghi sổ, các em tự nhớ mà trả.",
            "Phụ huynh góp tiền đóng mái che, có người tặng cả bộ truyện tranh còn mới nguyên.",
            "Thầy bảo, miễn còn đạp xe nổi thì thư viện còn mở cửa.",
            "Mùa mưa, thầy bọc sách trong bạt, đi chậm hơn nhưng không bỏ buổi nào.",
        ),
    ),
)
PROMO = "Mời bạn đọc theo dõi Báo Đồng Sậy trên các nền tảng số để nhận tin sớm nhất mỗi buổi sáng."
CLOCK = "Thứ Sáu, 20/11/2026 | 10:00"
_MENU = {"thoi-su": "Thời sự", "kinh-te": "Kinh tế", "van-hoa": "Văn hóa", "giao-duc": "Giáo dục", "video": "Video"}


def first_edition(story: Story, *, stated: bool = True) -> str:
    """The first markup: telling classes; ``stated``: with structured data."""
    return _page(
        story,
        stated,
        f"""
<div class="page-head"><div class="clock">{CLOCK}</div><h1 class="logo"><a href="/">Báo Đồng Sậy</a></h1>{_menu()}</div>
<div class="layout-col-8"><article class="story-detail story-{story.number}">
 <div class="story-path"><a href="/">Trang chủ</a> <a href="/{story.section[0]}">{story.section[1]}</a></div>
 <h1 class="story-title">{story.title}</h1>
 <div class="story-meta"><span class="story-date">{story.shown}</span>
  <span class="story-author">{story.author}</span></div>
 <p class="story-sapo">{story.lead}</p>
 <div class="story-text box8812" id="text-{story.number}">{_paragraphs(story)}
  <div class="story-promo"><p>{PROMO}</p></div>
  {_related(story, "story")}
 </div>
</article></div>""",
    )


def second_edition(story: Story, *, stated: bool = True) -> str:
    """The markup after the redesign: other names, another order, related boxes that bear the same classes."""
    return _page(
        story,
        stated,
        f"""
<header class="masthead"><span class="published">{CLOCK}</span><h1><a href="/">Báo Đồng Sậy</a></h1>{_menu()}</header>
<main class="grid-12"><section class="reading css-1x9kq2">
 <div class="opening"><h1 class="headline">{story.title}</h1>
  <div class="summary">{story.lead}</div>
  <div class="facts"><b class="writer">{story.author}</b> <time class="published">{story.shown}</time></div></div>
 <div class="prose">{_paragraphs(story)}
  <aside class="more"><p>{PROMO}</p></aside></div>
</section>
<section class="also">{_related(story, "card", headline="headline", summary="summary", published="published")}</section>
</main>""",
    )


def page(story: Story, markup: str) -> Page:
    return Page(story.url, markup.encode(), FETCHED)


def save(folder: Path, markup: str, story: Story) -> Path:
    """The page as a file; its address is the one it states itself."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{story.number}.html"
    file.write_text(markup, encoding="utf-8")
    return file


def _paragraphs(story: Story) -> str:
    return "\n".join(f"<p>{text}</p>" for text in story.paragraphs)


def _menu() -> str:
    return "<ul>" + "".join(f'<li><a href="/{path}">{name}</a></li>' for path, name in _MENU.items()) + "</ul>"


def _related(
    story: Story, name: str, headline: str = "story-title", summary: str = "story-sapo", published: str = "story-date"
) -> str:
    cards = "".join(
        f'<div class="{name}-related"><h3 class="{headline}"><a href="{other.url}">{other.title}</a></h3>'
        f'<span class="{published}">{other.shown}</span><div class="{summary}">{other.lead}</div></div>'
        for other in STORIES
        if other is not story
    )
    return f'<div class="{name}-others">{cards}</div>'


def _page(story: Story, stated: bool, body: str) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": f"{story.minute}+07:00",
        "description": story.lead,
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": "Báo Đồng Sậy"},
    }
    head = f"<title>{story.title} - Báo Đồng Sậy</title>"
    if stated:
        head += f'<meta property="og:title" content="{html.escape(story.title)}">'
        head += f'<meta property="og:description" content="{html.escape(story.lead)}">'
        head += f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'
    head += f'<link rel="canonical" href="{story.url}">'
    head += '<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">'
    body += "<footer>Báo Đồng Sậy</footer>"
    return f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
