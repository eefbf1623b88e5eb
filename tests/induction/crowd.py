"""Any number of unrelated articles of an invented paper; same number, same article."""

from __future__ import annotations

import random
from typing import Any

from crawler.items import Article, Block, Image

OUTLET = "baosongmay"
PROMOTION = "Bạn đọc ghé trang Sông Mây Online mỗi sáng để nhận bản tin chợ nổi và giờ nước lớn trong ngày."
ADDRESS = "Tòa soạn: 12 đường Bờ Kè, phường Vàm Tắc, tỉnh Sông Mây; tổng đài 0299 000 000."
_SYLLABLES = (
    "sông nước ghe chợ nổi bưởi xoài lúa mùa gặt nông dân xã phường kênh đê cống tàu cầu đường trường học trò thầy "
    "giáo sách vở thư viện bệnh xá bác sĩ y tế vườn cây trái cá tôm nuôi trồng giá bán mua thương lái nhà máy điện "
    "gió nắng mưa bão lũ triều cường trạm bơm thủy lợi hợp tác vốn vay ngân hàng lãi suất đất rừng tràm mật ong khóm "
    "dừa chiếu lác nghề dệt lò gạch gốm hội thi đua bơi đàn ca tài tử múa trống kèn lễ rằm tết giỗ tổ đình miếu chùa"
).split()


def sentences(number: int, count: int, words: int = 24) -> list[str]:
    """``count`` sentences that no other number has."""
    chance = random.Random(number)
    return [" ".join(chance.choices(_SYLLABLES, k=words)).capitalize() + "." for _ in range(count)]


def unrelated(number: int, *more: str, **fields: Any) -> Article:
    """An article with five sentences of its own, then ``more``."""
    known: dict[str, Any] = {
        "key": f"{OUTLET}/html/{number}",
        "outlet": OUTLET,
        "url": f"http://{OUTLET}.test/bai-{number}.html",
        "title": sentences(-number - 1, 1, 8)[0],
        "blocks": [Block("paragraph", text) for text in (*sentences(number, 5), *more)],
        "images": [Image(f"http://{OUTLET}.test/{number}.jpg")],
        "layout": "onecms",
    }
    return Article(**(known | fields))
