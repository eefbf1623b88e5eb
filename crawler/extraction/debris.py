"""Texts that stand in the column of an article and are not part of it, told by their form.

The rules are those of the reference case (font-size controls, section slugs, strung-together link phrases,
share and comment controls), for any outlet's wording. A rule names a whole line; no rule cuts inside one.
"""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.extraction.text import alternatives, ends_sentence, tidy, words

_FONT_CONTROL = re.compile(r"^(?:(?:[Aa][-+−–]?|[-+−–][Aa]?|[-+−–])\s*[|/]?\s*){2,4}$|^[Aa][-+−]?$")
_SLUG = re.compile(r"^[a-z][a-z0-9]*(?:-[a-z0-9]+){2,}(?:\s+[a-z][a-z0-9]*(?:-[a-z0-9]+)+)*$")
# Behind the byline a slug of two words, or in capitals, is one as well.
_LOOSE_SLUG = re.compile(r"^[A-Za-z][a-z0-9]*(?:[-_][a-z0-9]+)+(?:\s+[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+)*$")
# A mark is short; bounded, since one that is never closed would be looked for to the end from each of its braces.
_TEMPLATE = re.compile(r"\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|<%.{0,200}?%>")
_CONTROL = re.compile(
    r"^[\W_]*"
    + alternatives(
        r"""
            cỡ chữ(?:\s*:?\s*[aA][-+].*)? | mặc định | (?:tăng|giảm) cỡ chữ | thiết lập cỡ chữ.*
            in(?: bài(?: viết| này)?| trang(?: này)?) | bản in | lưu bài(?: viết)?
            gửi (?:bài(?: viết)?|email|mail|cho bạn bè)
            chia sẻ(?: (?:bài(?: viết| này)?|qua \w+|lên \w+|trên \w+|facebook|zalo|twitter|email|link|liên kết))*
            facebook | zalo | twitter | messenger | share | like | tweet | email | print
            copy link | sao chép(?: (?:link|liên kết))? | đã copy thành công
            (?:link|đường dẫn) (?:bài gốc|đã được copy)
            (?:\(\s*\d+\s*\)\s*)?(?:bình luận|ý kiến|thảo luận|phản hồi)(?:\s*\(\s*\d+\s*\))?
            (?:gửi|viết) (?:bình luận|ý kiến)(?: của bạn)? | ý kiến (?:bạn đọc|của bạn)
            từ khóa | từ khoá | tags? | chủ đề | nghe (?:đọc bài|audio|bài viết) | đọc bài viết
            về (?:trang chủ|đầu trang) | lên đầu trang | trở lại | quay lại | trang chủ
            quảng cáo | advertisements? | ad | xem thêm | đọc thêm | đọc tiếp
            (?:tin|bài)(?: viết)? (?:liên quan|cùng chuyên mục|mới nhất|đọc nhiều|nổi bật)
            có thể bạn quan tâm | bạn có thể quan tâm
            """
    )
    + r"[\W_]*$",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"^\W*(?:mời\s+(?:bạn|quý\s+độc\s+giả|độc\s+giả)\s+)?theo\s+dõi\b.{0,60}\b(?:trên|qua|tại)\b.{0,30}$",
    re.IGNORECASE,
)
_FOLLOW_WHERE = re.compile(
    r"google\s*news|zalo|facebook|fanpage|youtube|tiktok|telegram|twitter|trên\W*$", re.IGNORECASE
)
# Words of the link farms that hide in these pages; two different ones in a line without a sentence are enough.
_SPAM_WORDS = re.compile(
    alternatives(
        """
        xem (?:tivi|phim|bóng đá) | phim (?:mới|lẻ|bộ|chiếu rạp|hay|sex) | nhà cái | cá cược | casino | lô đề
        soi cầu | kèo | tỷ lệ bóng đá | trực tiếp bóng đá | bóng đá trực tiếp | nổ hũ | bắn cá | tài xỉu | xóc đĩa
        game bài | tải game | link vào | đăng nhập | khuyến mãi | giá rẻ | uy tín | xoilac | ty so | tỷ số | kqxs
        xsmb | xổ số | sunwin | kubet | fun88 | w88 | vay tiền | thiết kế web | seo | backlink | mua bán | cho thuê
        vận chuyển | dịch vụ | chất lượng cao | nhanh nhất | mới nhất | hay nhất | tốt nhất | rẻ nhất
        """
    ),
    re.IGNORECASE,
)


def debris(text: str, after_end: bool = False) -> str | None:
    """The name of the rule by which a line is no article text, or ``None``.

    ``after_end`` says that the line stands after the byline, where only debris is left and less proof is needed.
    Rules: ``font_control``, ``page_control``, ``follow_us``, ``slug``, ``link_spam``, ``template_mark``.
    """
    text = tidy(text)
    if not text or not any(char.isalnum() for char in text):
        return "punctuation" if text else None
    if _FONT_CONTROL.match(text):
        return "font_control"
    if len(text) <= 80 and _CONTROL.match(text):
        return "page_control"
    if _FOLLOW.match(text) and (_FOLLOW_WHERE.search(text)) and not ends_sentence(text):
        return "follow_us"
    if _SLUG.match(text) or (after_end and _LOOSE_SLUG.match(text)):
        return "slug"
    if _TEMPLATE.search(text) and len(_TEMPLATE.sub("", text).strip()) < 20:
        return "template_mark"
    return "link_spam" if is_link_spam(text, after_end) else None


def spam_words(text: str) -> int:
    """How many different words of link farms stand in ``text``."""
    return len({match[0].lower() for match in _SPAM_WORDS.finditer(text)})


def is_link_spam(text: str, after_end: bool = False) -> bool:
    """Whether ``text`` is a string of link phrases: no sentence, hardly a capital, the same words again and again."""
    if ends_sentence(text) or re.search(r"[“”\"?!;:]|[.]\s", text):
        return False
    syllables = [word.lower() for word in words(text)]
    if len(syllables) < (6 if after_end else 10):
        return False
    hits = spam_words(text)
    pairs = list(pairwise(syllables))
    repeated = 1 - len(set(pairs)) / len(pairs)
    capitals = sum(1 for word in words(text)[1:] if word[:1].isupper()) / len(syllables)
    if capitals > 0.35:
        return False
    if after_end:
        return bool(hits) or repeated >= 0.1
    return (repeated >= 0.2 and len(syllables) >= 12) or (hits >= 2 and (repeated >= 0.05 or hits >= 3))
