"""What a page is when it is no article: home page, section page, video, error page, block page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml.etree import XPath

from crawler.extraction.document import Document
from crawler.extraction.finder import visible_text
from crawler.extraction.match import Match
from crawler.extraction.text import alternatives, tidy
from crawler.items import Rejection

#: Characters of markup; block pages are smaller, pages of newspapers with a body much larger.
_SMALL_PAGE = 20_000
_HEADINGS = XPath("//h1 | //h2 | //title")
_VIDEO = XPath(
    ".//video | .//audio | .//iframe[contains(@src, 'youtube') or contains(@src, 'video') or contains(@src, 'embed')]"
    " | .//*[contains(@class, 'player')] | .//*[@data-video-src or @data-audio-src]"
)
#: Characters; an error page says no more.
_ERROR_TEXT = 300
#: Characters; a longer text in a heading element is no heading.
_HEADING = 200
#: Links to other articles from which a text is a list of them.
_LIST_LINKS = 3
# Of the letters; teasers below the titles are longer than these.
_LINKED_SHARE = 0.2
#: Characters of body text below which a page with a player is a video page.
_PLAYER_TEXT = 200
_TEXT = XPath("//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript)]")
_BLOCKED = re.compile(
    alternatives(
        r"""
        just a moment | attention required | access denied | checking your browser | ddos | cf-challenge | captcha
        are you (?:a )?human | request unsuccessful | incapsula | you have been blocked
        enable javascript and cookies | bị tường lửa | xác (?:minh|nhận|thực) (?:bạn )?(?:không phải|là người|rằng bạn)
        (?:truy cập|yêu cầu) (?:của bạn )?(?:đã )?bị (?:tường lửa )?(?:chặn|từ chối)
        """
    ),
    re.IGNORECASE,
)
_ERROR = re.compile(
    alternatives(
        r"""
        \b(?:404|403|500|502|503)\b.{0,40}(?:not found|error|lỗi|forbidden|unavailable|bad gateway)
        page not found | not found | \blỗi\s+(?:404|500|503) | internal server error | service unavailable
        bad gateway | forbidden
        không (?:thể )?tìm thấy (?:trang|bài|nội dung|đường dẫn|liên kết|kết quả|dữ liệu|yêu cầu|địa chỉ)
        (?:trang|bài viết|nội dung|liên kết|đường dẫn).{0,40}(?:không (?:còn )?tồn tại|đã bị (?:xóa|xoá|gỡ))
        """
    ),
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(
    r"/(?:videos?|truyen-hinh|phat-thanh|podcasts?|audio|multimedia|short-videos?)(?:/|-|$)", re.IGNORECASE
)


def blocked_or_error(document: Document, match: Match | None) -> Rejection | None:
    """A block page or an error page, whatever status it came with; ``None`` for anything else.

    ``match`` is what a rule took for the body, if anything: it may be the words of the error page.
    """
    status = document.page.status
    if document.root is None:
        return None
    headings = [tidy("".join(map(str, element.itertext()))) for element in _HEADINGS(document.root)]
    head = " | ".join(heading for heading in headings[:6] if len(heading) < _HEADING)
    small = len(document.text) < _SMALL_PAGE
    if _BLOCKED.search(head) or (small and _BLOCKED.search(_short_text(document))):
        return _reject(document, "blocked", f"the page is a block or challenge page ({head[:80]})")
    if status is not None and status >= 400:
        return _reject(document, "error", f"HTTP status {status}")
    # An article may be about an error 404; an error page says so in a heading and has next to no text.
    named = any(_ERROR.search(heading) and len(heading) < _HEADING for heading in headings[:4])
    if named and ((match is not None and says_error(match)) or not _many_paragraphs(document)):
        return _reject(document, "error", f"the page says it is not there ({head[:80]})")
    return None


def says_error(match: Match) -> bool:
    """Whether a body is short and says that the page is not there."""
    texts = [block.text for block in match.text.blocks]
    return match.text.length <= _ERROR_TEXT and any(map(_ERROR.search, texts))


def is_home(document: Document) -> bool:
    """Whether the address is that of a site's front page."""
    return document.url is not None and urlsplit(document.url).path in ("", "/", "/index.html", "/index.php")


def video_only(document: Document, match: Match) -> Rejection | None:
    """A page whose body is a player with a line of text; ``None`` for a page that can be read."""
    if match.text.has_sentence or match.text.length >= _PLAYER_TEXT or match.text.images:
        return None
    path = urlsplit(document.url or "").path
    if _VIDEO(match.body) or _VIDEO_PATH.search(path):
        return _reject(document, "video", "a video or sound page with next to no text")
    return None


def is_list(match: Match, document: Document) -> bool:
    """Whether what a rule takes for the body is a list of articles.

    Three or more links to different articles, and a good part of its letters are links: an old article with a few
    related links below it is none.
    """
    outlet = document.outlet
    links = list(match.body.iter("a"))
    addresses = {document.link(link.get("href", "")) for link in links}
    if outlet is None or len({url for url in addresses if url and outlet.article_id(url)}) < _LIST_LINKS:
        return False
    linked = sum(len(visible_text(link)) for link in links)
    return linked >= _LINKED_SHARE * len(visible_text(match.body))


def no_article(document: Document) -> Rejection:
    """Why a page without a readable body is no article."""
    path = urlsplit(document.url or "").path
    if is_home(document):
        return _reject(document, "home", "the home page")
    if document.root is not None and (_VIDEO(document.root) or _VIDEO_PATH.search(path)):
        return _reject(document, "video", "a video or sound page without text")
    text = _short_text(document)
    if len(text) < 3000 and _ERROR.search(text):
        return _reject(document, "error", "the page says it is not there")
    if not text:
        return _reject(document, "error", "no text on the page (it may be drawn by script)")
    return _reject(document, "not_article", "no body of an article was found")


def _many_paragraphs(document: Document) -> bool:
    assert document.root is not None
    blocks = (element for element in document.root.iter("p", "div") if len(element) < 8)
    return sum(1 for block in blocks if len(tidy("".join(map(str, block.itertext())))) > 120) >= 2


def _short_text(document: Document) -> str:
    if document.root is None:
        return tidy(document.text[:4000])
    return tidy(" ".join(map(str, _TEXT(document.root)[:400])))


def _reject(document: Document, kind: str, reason: str) -> Rejection:
    return Rejection(kind, reason, document.outlet.name if document.outlet else None, document.url)
