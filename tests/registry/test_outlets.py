"""The outlets of the project and what their URL patterns accept."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.registry import OUTLETS_FOLDER, Outlet, Registry, UnknownOutlet, default_registry

REGISTRY = default_registry()

# Slugs, ids and section names are invented; the shapes of the URLs are those of the papers.
ARTICLES = {
    "https://baoangiang.com.vn/mot-bai-bao-a367201.html": ("baoangiang", "a", "367201"),
    "https://baoangiang.com.vn/-video-ban-tin--a498674.html": ("baoangiang", "a", "498674"),
    "https://tintucmientay.baoangiang.com.vn/mot-bai-a55.html": ("baoangiang", "mientay", "55"),
    "https://baocantho.com.vn/mot-bai-km0-km7--a196668.html": ("baocantho", "a", "196668"),
    "https://baohaugiang.com.vn/kinh-te/mot-bai-1234.html": ("baocantho", "haugiang", "1234"),
    "https://baodanang.vn/hon-3-75-ty-dong-3318952.html": ("baodanang", "html", "3318952"),
    "https://baoquangnam.vn/mot-bai-3318952.html": ("baodanang", "quangnam", "3318952"),
    "https://baohaiphong.vn/151-mau-co-ket-qua-2-457674.html": ("baohaiphong", "html", "457674"),
    "https://baohaiduong.vn/mot-bai-457674.html": ("baohaiphong", "haiduong", "457674"),
    "https://baonghean.vn/mot-bai-10264116.html": ("baonghean", "html", "10264116"),
    "https://baolaocai.vn/mot-bai-post404649.html": ("baolaocai", "post", "404649"),
    "https://baodaklak.vn/kinh-te/202503/mot-bai-3f71fbf/": ("baodaklak", "daklak", "202503/3f71fbf"),
    "https://baodaklak.vn/kinh-te/nong-nghiep/201812/bai-2923685": ("baodaklak", "daklak", "201812/2923685"),
    "https://phuyen.baodaklak.vn/suc-khoe/202503/a--b-3f71fbf/": ("baodaklak", "phuyen", "202503/3f71fbf"),
    "https://baophuyen.vn/suc-khoe/202503/mot-bai-3f71fbf/": ("baodaklak", "phuyen", "202503/3f71fbf"),
    "https://phuyen.baodaklak.vn/95/112869/thieu-mau/": ("baodaklak", "baophuyen", "112869"),
    "https://baophuyen.vn/95/112869/thieu-mau": ("baodaklak", "baophuyen", "112869"),
    "https://baotayninh.vn/mot-bai-88701.html": ("baotayninh", "html", "88701"),
    "https://baotayninh.vn/mot-bai-a88701.html": ("baotayninh", "a", "88701"),
    "https://baolongan.vn/mot-bai-a88701.html": ("baotayninh", "longan", "a88701"),
}

NO_ARTICLES = [
    "https://baoangiang.com.vn/",
    "https://baoangiang.com.vn/print/mot-bai-a367201.html",
    "https://baoangiang.com.vn/suc-khoe/",
    "https://baoangiang.com.vn/rao-vat-thong-bao-165.html",
    "https://images.baoangiang.com.vn/mot-bai-a367201.html",
    "https://baocantho.com.vn/news/an-english-article-a1234.html",
    "https://baocantho.com.vn/khmer/mot-bai-a1234.html",
    "https://baocantho.com.vn/NEWS/an-english-article-a1234.html",
    "https://baocantho.com.vn/video/xem-video/mot-phim-3873.html",
    "https://baocantho.com.vn/su-kien/mot-su-kien.9.html",
    "https://baocantho.com.vn/rao-vat-thong-bao-596.html",
    "https://baocantho.com.vn/thoi-su?p=2",
    "https://baohaugiang.com.vn/kinh-te-1234.html",
    "https://baodanang.vn/print/3318952.html",
    "https://baodanang.vn/mot-su-kien-event123.html",
    "https://baodanang.vn/bao-hiem-y-te-ptag.html",
    "https://baohaiphong.vn/emagazine/mot-bai-457674.html",
    "https://baonghean.vn/en/an-article-10264116.html",
    "https://baonghean.vn/cn/an-article-10264116.html",
    "https://en.baonghean.vn/an-article-10264116.html",
    "https://baolaocai.vn/du-lich-tag123.html",
    "https://baolaocai.vn/kinh-te/",
    "https://phuyen.baodaklak.vn/multimedia/video/202506/mot-phim-0da0411/",
    "https://baodaklak.vn/kinh-te/?paged=7",
    "https://baodaklak.vn/file/202503/anh-3f71fbf.jpg",
    "https://baodaklak.vn/kinh-te/202503/",
    "https://baotayninh.vn/print/news/88701",
    "https://news.baotayninh.vn/an-article-88701.html",
    "https://example.org/mot-bai-a367201.html",
    "/mot-bai-a367201.html",
    "mailto:toasoan@baoangiang.com.vn",
    "javascript:void(0);",
    "https://[baoangiang.com.vn/mot-bai-a367201.html",
    "",
]


@pytest.mark.parametrize("url", ARTICLES)
def test_article_urls(url: str) -> None:
    name, space, article_id = ARTICLES[url]
    outlet = REGISTRY.for_url(url)
    assert outlet is not None
    assert outlet.name == name
    assert outlet.article_id(url) == (space, article_id)
    assert [other.name for other in REGISTRY if other.article_id(url)] == [name]


@pytest.mark.parametrize("url", NO_ARTICLES)
def test_other_urls(url: str) -> None:
    assert [outlet.name for outlet in REGISTRY if outlet.article_id(url)] == []


@given(
    url=st.sampled_from(sorted(ARTICLES)),
    scheme=st.sampled_from(["http", "https", "HTTPS"]),
    www=st.booleans(),
    port=st.sampled_from(["", ":80", ":8080", ":"]),
    dot=st.sampled_from(["", "."]),
    upper=st.booleans(),
    query=st.sampled_from(["", "utm_source=zalo", "a=/print/", "x=-a1.html", "=&&?"]),
    fragment=st.sampled_from(["", "binh-luan", "-a2.html"]),
    space=st.sampled_from(["", " ", "\n"]),
)
def test_what_is_around_the_path_does_not_matter(
    url: str, scheme: str, www: bool, port: str, dot: str, upper: bool, query: str, fragment: str, space: str
) -> None:
    parts = urlsplit(url)
    host = ("www." if www else "") + parts.netloc + dot + port
    odd = urlunsplit((scheme, host.upper() if upper else host, parts.path, query, fragment))
    outlet = REGISTRY.for_url(url)
    assert outlet is not None
    assert REGISTRY.for_url(space + odd + space) is outlet
    assert outlet.article_id(space + odd + space) == outlet.article_id(url)


@given(url=st.sampled_from(sorted(ARTICLES)), data=st.data())
def test_percent_encoding_and_letter_case_of_the_path_do_not_matter(url: str, data: st.DataObject) -> None:
    parts = urlsplit(url)
    encoded = "".join(f"%{ord(char):02X}" if char != "/" and data.draw(st.booleans()) else char for char in parts.path)
    if data.draw(st.booleans()):
        encoded = encoded.upper()
    outlet = REGISTRY.for_url(url)
    assert outlet is not None
    assert outlet.article_id(urlunsplit(parts._replace(path=encoded))) == outlet.article_id(url)


@given(
    slug=st.text(st.characters(codec="utf-8"), max_size=40),
    number=st.integers(0, 10**9),
    quoted=st.booleans(),
)
def test_the_id_never_comes_from_the_slug(slug: str, number: int, quoted: bool) -> None:
    """A slug may hold double hyphens, digits, Vietnamese letters, percent signs: only the end counts."""
    slug = quote(slug, safe="") if quoted else "".join(c for c in slug if c not in "/?#\\" and c > " ")
    slug = slug if slug.strip(".") else "x"
    outlet = REGISTRY.get("baocantho")
    assert outlet.article_id(f"https://baocantho.com.vn/{slug}--a{number}.html") == ("a", str(number))


@given(st.text(max_size=80))
def test_any_text_is_refused_without_an_exception(text: str) -> None:
    for url in (text, f"https://{text}", f"https://baocantho.com.vn/{text}"):
        for outlet in REGISTRY:
            found = outlet.article_id(url)
            assert found is None or (found[1] and found[1].isascii() and found[1] == found[1].lower())
        REGISTRY.for_url(url)


def test_digits_of_other_scripts_are_no_ids() -> None:
    assert REGISTRY.get("baocantho").article_id("https://baocantho.com.vn/mot-bai-a١٢٣.html") is None


def test_skipped_paths_end_at_a_folder() -> None:
    outlet = REGISTRY.get("baocantho")
    assert outlet.skips("https://baocantho.com.vn/video")
    assert outlet.skips("https://baocantho.com.vn/video/x.html")
    assert not outlet.skips("https://baocantho.com.vn/video-ban-tin-a1.html")
    assert not outlet.skips("not a url")


def test_by_host_and_by_name() -> None:
    assert REGISTRY.get("baocantho").owns("http://WWW.baocantho.com.vn:80/x")
    assert not REGISTRY.get("baocantho").owns("https://baoangiang.com.vn/")
    assert REGISTRY.for_url("https://khong-co.test/") is None
    names = [outlet.name for outlet in REGISTRY]
    assert names == sorted(names)
    assert len(REGISTRY) == len(names)


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(UnknownOutlet) as raised:
        REGISTRY.get("baocanthoo")
    assert isinstance(raised.value, KeyError)
    assert str(raised.value).startswith("unknown outlet 'baocanthoo', did you mean baocantho")
    with pytest.raises(UnknownOutlet, match="see: scrapy outlets"):
        REGISTRY.get("zzz")


@pytest.mark.parametrize("file", sorted(OUTLETS_FOLDER.glob("*.toml")), ids=lambda file: file.stem)
def test_an_outlet_is_at_most_25_lines(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 25
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("outlet", list(REGISTRY), ids=lambda outlet: outlet.name)
def test_no_section_of_an_outlet_is_skipped_or_an_article(outlet: Outlet) -> None:
    for path in outlet.sections:
        url = outlet.home.rstrip("/") + path
        assert not outlet.skips(url), path
        assert outlet.article_id(url) is None, path
    assert outlet.sections or outlet.feeds


def test_every_file_is_loaded() -> None:
    names = [outlet.name for outlet in Registry.load([OUTLETS_FOLDER])]
    assert names == sorted(file.stem for file in OUTLETS_FOLDER.glob("*.toml"))
