"""What a measure counts, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.accuracy.measures import measure, together
from tests.accuracy.shingles import shingle_scores

ARTICLE: dict[str, Any] = {
    "kind": "article",
    "url": "https://baovidu.test/a1.html",
    "title": "Thông xe cầu Đá Dựng",
    "published_at": "2026-10-05T06:51:12+07:00",
    "modified_at": None,
    "authors": ["HÀ AN"],
    "source": None,
    "section": ["Thời sự"],
    "lead": "Sáng nay cầu được thông xe.",
    "paragraphs": ["Cầu dài ba trăm mét.", "Xe máy đi trước.", "Xe tải đi sau."],
    "captions": ["Dòng xe đầu tiên qua cầu"],
    "images": ["https://baovidu.test/a.jpg"],
    "tags": [],
    "junk": ["Đọc nhiều nhất"],
}


def changed(**fields: Any) -> dict[str, float]:
    return measure(ARTICLE, ARTICLE | fields)


def test_a_record_as_expected_has_full_marks_and_no_leaks() -> None:
    scores = measure(ARTICLE, ARTICLE)
    assert {name: value for name, value in scores.items() if value != 1} == {"caption leaks": 0, "junk leaks": 0}


@pytest.mark.parametrize(
    ("fields", "fallen"),
    [
        ({"title": "Thông xe cầu"}, {"title"}),
        ({"published_at": "2026-10-05T06:52:12+07:00"}, {"minute"}),
        ({"published_at": "2026-10-05T06:51:40+07:00"}, set()),
        ({"published_at": None}, {"minute"}),
        ({"authors": ["Hà An"]}, {"authors"}),
        ({"lead": None}, {"lead"}),
        ({"paragraphs": [*ARTICLE["paragraphs"], "Quảng cáo"]}, {"para P", "para F1"}),
        ({"paragraphs": ARTICLE["paragraphs"][:2]}, {"para R", "para F1"}),
        ({"kind": "section"}, {"kind"}),
    ],
)
def test_each_field_has_a_measure_of_its_own(fields: dict[str, Any], fallen: set[str]) -> None:
    assert {name for name, value in changed(**fields).items() if value < 1 and "leaks" not in name} == fallen


@pytest.mark.parametrize("space", ["\n", "\u00a0", "\u3000", " \u200b", "\u200b "])
def test_what_a_reader_cannot_tell_apart_is_the_same(space: str) -> None:
    expected = ARTICLE | {"title": f"Thông{space}xe cầu Đá\u00ad Dựng", "captions": [f"Dòng{space}xe đầu tiên qua cầu"]}
    scores = measure(expected, ARTICLE)
    assert (scores["title"], scores["captions"]) == (1, 1)
    assert measure(expected | {"title": "Thôngxe cầu Đá Dựng"}, ARTICLE)["title"] == 0


def test_a_photo_is_the_same_in_another_size() -> None:
    assert changed(images=["https://baovidu.test/a.jpg?w=600&sig=x"])["images"] == 1
    assert changed(images=["https://baovidu.test/b.jpg"])["images"] == 0
    by_number = ARTICLE | {"images": ["https://baovidu.test/anh?id=1"]}
    assert measure(by_number, ARTICLE | {"images": ["https://baovidu.test/anh?id=2"]})["images"] == 0


def test_a_caption_or_junk_inside_a_paragraph_is_a_leak() -> None:
    leaking = changed(paragraphs=["Dòng xe đầu tiên qua cầu. Ảnh: H.A", "Đọc nhiều nhất: giá lúa"])
    assert (leaking["caption leaks"], leaking["junk leaks"]) == (1, 1)


def test_times_without_zone_are_compared_by_the_clock() -> None:
    assert changed(published_at="2026-10-05T06:51")["minute"] == 1
    assert changed(published_at="2026-10-04T23:51:00+00:00")["minute"] == 1
    assert changed(published_at="2026-10-04T23:51")["minute"] == 0


def test_pages_whose_ground_truth_names_no_person_are_counted_apart() -> None:
    agency = ARTICLE | {"authors": ["dpa", "Báo Ví Dụ", "baovidu.test"], "flow": ARTICLE["paragraphs"]}
    agency["authors"] = ["dpa", "baovidu.test"]
    assert "authors" not in measure(agency, ARTICLE)
    assert measure(agency, ARTICLE)["nobody"] == 0
    assert measure(agency, ARTICLE | {"authors": []})["nobody"] == 1


def test_shingles_are_those_of_the_benchmark() -> None:
    """Six words are three runs of four; a surplus word at the end adds one run; short texts are one run."""
    assert shingle_scores(["a b c d e f"], ["a b c d e f g"]) == {"4-gram P": 3 / 4, "4-gram R": 1.0}
    assert shingle_scores(["a b"], ["a", "b"]) == {"4-gram P": 1.0, "4-gram R": 1.0}
    assert shingle_scores(["a b c d"], []) == {"4-gram R": 0.0}
    assert shingle_scores(["a b c d"], ["a b c d", "x y z w"], neutral=["x y z w"])["4-gram P"] == 1 / 4
    both = together([{"4-gram P": 1.0, "4-gram R": 0.5}, {"4-gram R": 0.0}])
    assert both["4-gram F1"] == pytest.approx(2 * 1.0 * 0.25 / 1.25)
