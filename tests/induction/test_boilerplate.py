"""What is learnt as debris from many articles, and above all what never is."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.extraction import clean
from crawler.extraction.boilerplate import Boilerplate, BoilerplateError
from crawler.folding import shingles
from crawler.induction.boilerplate import COUNTED, LEAST, RUN, SHARES, learn
from crawler.items import Article, Block, Dropped, Image
from tests.induction.crowd import ADDRESS, OUTLET, PROMOTION, sentences, unrelated


def examples(boilerplate: Boilerplate) -> set[str]:
    return {one.example for one in boilerplate.repeated}


def cleaned(article: Article, boilerplate: Boilerplate | None) -> Article:
    result = clean(article, boilerplate)
    assert isinstance(result, Article)
    return result


# --- what is learnt ---


def test_a_text_on_many_unrelated_articles_is_debris_with_its_frequency() -> None:
    crowd = [unrelated(number, *([PROMOTION] if number % 2 else []), ADDRESS) for number in range(60)]

    found = {one.example: (one.part, one.pages, one.of) for one in learn(OUTLET, crowd).repeated}

    assert found == {PROMOTION: ("text", 30, 60), ADDRESS: ("text", 60, 60)}


def test_hidden_links_tags_images_and_leads_are_learnt_too() -> None:
    site = "Trang tin điện tử của tỉnh Sông Mây, cập nhật tin tức mới nhất mỗi ngày."
    logo = Image("http://baosongmay.test/logo.png")
    crowd = [
        unrelated(number, lead=site, tags=["tin Sông Mây", f"thẻ {number}"], images=[logo]) for number in range(40)
    ]

    assert examples(learn(OUTLET, crowd)) == {site, "tin Sông Mây", logo.url}


def test_half_a_character_is_learnt_and_can_be_shown() -> None:
    broken = PROMOTION.replace("Sông Mây", "Sông \ud83d Mây\0")

    learnt = learn(OUTLET, [unrelated(number, broken) for number in range(40)])

    assert examples(learnt) == {PROMOTION.replace("Sông Mây", "Sông \ufffd Mây\ufffd")}
    assert cleaned(unrelated(99, broken), learnt).paragraphs == sentences(99, 5)


def test_each_layout_is_counted_for_itself() -> None:
    crowd = [unrelated(number, PROMOTION, layout="old") for number in range(40)]
    crowd += [unrelated(number, layout="new") for number in range(100, 400)]

    learnt = learn(OUTLET, crowd)

    assert [(one.layout, one.pages, one.of) for one in learnt.repeated] == [("old", 40, 40)]
    assert cleaned(unrelated(500, PROMOTION, layout="new"), learnt).paragraphs[-1] == PROMOTION


# --- what is not ---


@given(st.integers(0, 80), st.integers(0, 80))
@example(LEAST - 1, COUNTED)  # more than a fifth, but few
@example(LEAST, 4 * LEAST)  # a fifth
@example(LEAST, 4 * LEAST + 1)  # a little less
@settings(max_examples=25, deadline=None)
def test_nothing_on_fewer_than_the_safe_share_is_ever_dropped(having: int, others: int) -> None:
    crowd = [unrelated(number, PROMOTION) for number in range(having)]
    crowd += [unrelated(number + 1000) for number in range(others)]

    after = cleaned(unrelated(5000, PROMOTION), learn(OUTLET, crowd))

    whole = having + others
    is_debris = whole >= COUNTED and having >= LEAST and having >= SHARES["text"] * whole
    assert (PROMOTION not in after.paragraphs) == is_debris
    assert after.paragraphs[:5] == sentences(5000, 5)


def test_copies_of_one_story_teach_nothing_however_many() -> None:
    story = sentences(7, 6)
    copies = [unrelated(number, blocks=[Block("paragraph", text) for text in story]) for number in range(40)]
    cut = [unrelated(100 + at, blocks=[Block("paragraph", text) for text in story[at % 3 :]]) for at in range(40)]
    crowd = [unrelated(number) for number in range(200, 260)]

    assert learn(OUTLET, copies + cut + crowd).repeated == ()


def test_copies_with_changed_words_and_a_common_sentence_teach_nothing() -> None:
    common, story = sentences(1, 1)[0], [sentence.split() for sentence in sentences(2, 8)]
    changed = []
    for number in range(60):  # every tenth syllable is another one, in every copy
        texts = [" ".join(f"x{number}" if at % 10 == 4 else word for at, word in enumerate(one)) for one in story]
        changed.append(unrelated(number, blocks=[Block("paragraph", text) for text in (common, *texts)]))
    crowd = [unrelated(number) for number in range(200, 240)]

    assert learn(OUTLET, changed + crowd).repeated == ()


def test_bulletins_with_the_same_sentences_every_day_teach_nothing() -> None:
    frame = sentences(3, 5)
    bulletins = [
        unrelated(day, blocks=[Block("paragraph", text) for text in (*frame, f"Mực nước lúc 7 giờ: {day} cm.")])
        for day in range(50)
    ]
    crowd = [unrelated(number) for number in range(200, 260)]

    assert learn(OUTLET, bulletins + crowd).repeated == ()


def test_what_another_paper_has_too_is_left_alone() -> None:
    crowd = [unrelated(number, PROMOTION, ADDRESS) for number in range(40)]

    assert examples(learn(OUTLET, crowd, lambda text: text == PROMOTION)) == {ADDRESS}


def test_labels_captions_rows_and_the_tag_of_the_province_stay() -> None:
    crowd = [
        unrelated(
            number,
            blocks=[
                Block("heading", "Trả lời:" if number % 4 else "Hỏi:"),
                *(Block("paragraph", text) for text in sentences(number, 5)),
                Block("caption", "Ảnh minh họa: người dân đi chợ nổi Vàm Tắc sáng cuối tuần."),
                Block("table_row", "Loại | Giá thu mua tại ruộng hôm nay | Giá bán lẻ ở chợ"),
            ],
            tags=["Sông Mây"] if number % 5 else [],
        )
        for number in range(80)
    ]

    assert learn(OUTLET, crowd).repeated == ()


def test_other_outlets_and_too_few_articles_teach_nothing() -> None:
    crowd = [unrelated(number, PROMOTION) for number in range(COUNTED - 1)]
    crowd += [unrelated(number, PROMOTION, outlet="baonuibiec") for number in range(100, 160)]

    assert learn(OUTLET, crowd).repeated == ()


# --- cleaning with it ---


@pytest.fixture(scope="module")
def learnt() -> Boilerplate:
    return learn(OUTLET, [unrelated(number, PROMOTION, ADDRESS) for number in range(40)])


def test_cleaning_leaves_it_out_records_it_and_names_the_version(learnt: Boilerplate) -> None:
    article = unrelated(90, PROMOTION.upper().replace("ÒA", "OÀ"), ADDRESS.replace(" ", "  "))

    once = cleaned(article, learnt)

    assert once.paragraphs == sentences(90, 5)
    assert [one.rule for one in once.dropped] == ["boilerplate", "boilerplate"]
    assert once.boilerplate == learnt.version
    assert clean(once, learnt) == once


def test_without_a_value_or_with_another_papers_nothing_changes(learnt: Boilerplate) -> None:
    article = unrelated(90, PROMOTION)

    for value in (None, replace(learnt, outlet="baonuibiec")):
        after = cleaned(article, value)
        assert (after.paragraphs[-1], after.boilerplate) == (PROMOTION, None)


def test_an_article_is_never_emptied(learnt: Boilerplate) -> None:
    blocks = [Block("paragraph", PROMOTION), Block("paragraph", ADDRESS), Block("caption", "Chợ nổi lúc bình minh")]

    once = cleaned(unrelated(90, blocks=blocks), learnt)

    assert once.paragraphs == [PROMOTION, ADDRESS]
    assert once.warnings == ["boilerplate_only"]
    assert clean(once, learnt) == once


def test_what_was_dropped_by_a_rule_is_still_recorded(learnt: Boilerplate) -> None:
    article = unrelated(90, PROMOTION, dropped=[Dropped("Chia sẻ", "share")])

    assert [one.rule for one in cleaned(article, learnt).dropped] == ["share", "boilerplate"]


# --- as a value ---


def test_the_same_content_has_the_same_version_and_any_other_another() -> None:
    crowd = [unrelated(number, PROMOTION, ADDRESS) for number in range(40)]
    one, same = learn(OUTLET, crowd), learn(OUTLET, list(reversed(crowd)))

    assert one.version == same.version
    assert len({one.version, learn(OUTLET, crowd[:-1]).version, replace(one, outlet="x").version}) == 3


def test_a_file_is_read_back_and_a_changed_one_is_refused(learnt: Boilerplate) -> None:
    value = learnt.as_json()
    assert Boilerplate.of_json(value) == learnt

    value["repeated"][0]["sha256"] = "0" * 32
    with pytest.raises(BoilerplateError, match="changed by hand"):
        Boilerplate.of_json(value)


@pytest.mark.parametrize("value", [None, [], {}, {"outlet": "a", "version": "b", "repeated": [{"layout": 1}]}, "x"])
def test_what_is_no_boilerplate_is_refused(value: object) -> None:
    with pytest.raises(BoilerplateError):
        Boilerplate.of_json(value)


# --- what it costs ---


def test_what_is_kept_of_an_article_is_a_fraction_of_its_text_as_strings() -> None:
    def long(number: int) -> Article:
        own = [Block("paragraph", text) for text in sentences(number, 40, 40)]
        return unrelated(number, blocks=[*own, Block("paragraph", PROMOTION)])

    crowd = [long(number) for number in range(60)]
    tracemalloc.start()
    learnt = learn(OUTLET, crowd)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    # Each run of syllables kept as a string took more than two hundred bytes at the peak.
    runs = sum(len(shingles(block.text, RUN)) for article in crowd for block in article.blocks)
    assert examples(learnt) == {PROMOTION}
    assert peak < 175 * runs
