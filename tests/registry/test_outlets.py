"""The outlets of the project and what their URL patterns accept."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

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
    "https://hanoimoi.vn/mot-bai-688701.html": ("hanoimoi", "html", "688701"),
    "https://baolamdong.vn/mot-bai-388701.html": ("baolamdong", "html", "388701"),
    "https://baolamdong.vn/kinh-te/202403/mot-bai-3f71fbf/": ("baolamdong", "vnpt", "202403/3f71fbf"),
    "https://huengaynay.vn/du-lich/mot-bai-163499.html": ("huengaynay", "html", "163499"),
    "https://huengaynay.vn/du-lich/mot-bai-163499.htm": ("huengaynay", "html", "163499"),
    "https://baodongthap.vn/kinh-te/mot-bai-a138701.html": ("baodongthap", "a", "138701"),
    "https://baocamau.vn/mot-bai-a138701.html": ("baocamau", "a", "138701"),
    "https://baotuyenquang.com.vn/kinh-te/nong-nghiep/202510/mot-bai-3f71fbf/": (
        "baotuyenquang",
        "vnpt",
        "202510/3f71fbf",
    ),
    "https://baothainguyen.vn/kinh-te/202510/mot-bai-3f71fbf/": ("baothainguyen", "thainguyen", "202510/3f71fbf"),
    "https://bbk.baothainguyen.vn/kinh-te/202510/mot-bai-3f71fbf/": ("baothainguyen", "backan", "202510/3f71fbf"),
    "https://baobackan.vn/kinh-te/202410/mot-bai-3f71fbf/": ("baothainguyen", "backan", "202410/3f71fbf"),
    "https://baoquangtri.vn/kinh-te/202510/mot-bai-3f71fbf/": ("baoquangtri", "vnpt", "202510/3f71fbf"),
    "https://baoquangbinh.vn/van-hoa/202410/mot-bai-3f71fbf/": ("baoquangtri", "vnpt", "202410/3f71fbf"),
    "https://baokhanhhoa.vn/xa-hoi/202510/mot-bai-3f71fbf/": ("baokhanhhoa", "vnpt", "202510/3f71fbf"),
    "https://baodongnai.com.vn/xa-hoi/202510/mot-bai-3f71fbf/": ("baodongnai", "vnpt", "202510/3f71fbf"),
    "https://baodongnai.com.vn/xa-hoi/201812/mot-bai-2923699/": ("baodongnai", "vnpt", "201812/2923699"),
    "https://baovinhlong.com.vn/xa-hoi/du-lich/202502/mot-bai-1ca37bf/": ("baovinhlong", "vnpt", "202502/1ca37bf"),
    "https://dongkhoi.baovinhlong.vn/mot-bai-a145099.html": ("baovinhlong", "dongkhoi", "145099"),
    "https://dongkhoi.baovinhlong.vn/mot-bai-07092022-a105099.html": ("baovinhlong", "dongkhoi", "105099"),
    "https://baodongkhoi.vn/mot-bai-07092022-a105099.html": ("baovinhlong", "dongkhoi", "105099"),
    "https://travinh.baovinhlong.vn/thoi-su/mot-bai-a45099.html": ("baovinhlong", "travinh", "45099"),
    "https://baocaobang.vn/mot-bai-3188701.html": ("baocaobang", "html", "3188701"),
    "https://baolangson.vn/mot-bai-5088701.html": ("baolangson", "html", "5088701"),
    "https://baohungyen.vn/mot-bai-3188701.html": ("baohungyen", "html", "3188701"),
    "https://baoquangninh.vn/mot-bai-3388701.html": ("baoquangninh", "html", "3388701"),
    "https://sggp.org.vn/mot-bai-post818701.html": ("sggp", "post", "818701"),
    "https://baobinhduong.vn/mot-bai-a348701.html": ("sggp", "binhduong", "348701"),
    "https://baohatinh.vn/mot-bai-post298701.html": ("baohatinh", "post", "298701"),
    "https://baogialai.com.vn/mot-bai-post568701.html": ("baogialai", "post", "568701"),
    "https://baothanhhoa.vn/mot-bai-268701.htm": ("baothanhhoa", "htm", "268701"),
    "https://baothanhhoa.vn/thoi-su/mot-bai/116199.htm": ("baothanhhoa", "old", "116199"),
    "https://baophutho.vn/mot-bai-248701.htm": ("baophutho", "htm", "248701"),
    "https://baobacninhtv.vn/mot-bai-postid409799.bbg": ("baobacninhtv", "postid", "409799"),
    "https://baobacgiang.vn/mot-bai-postid294099.bbg": ("baobacninhtv", "postid", "294099"),
    "https://baoninhbinh.org.vn/mot-bai-250912091014465.html": ("baoninhbinh", "html", "250912091014465"),
    "https://baoninhbinh.org.vn/mot-bai/d20230112091014499.htm": ("baoninhbinh", "d", "20230112091014499"),
    "https://baoquangngai.vn/mot-bai-58701.htm": ("baoquangngai", "htm", "58701"),
    "https://baoquangngai.vn/kinh-te/bien/202308/mot-bai-3bc1aff/": ("baoquangngai", "vnpt", "202308/3bc1aff"),
    "https://baodienbienphu.vn/tin-bai/kinh-te/mot-bai-bao": ("baodienbienphu", "slug", "mot-bai-bao"),
    "https://baolaichau.vn/the-thao/mot-bai-bao-219399.html": ("baolaichau", "html", "219399"),
    "https://baolaichau.vn/the-thao/mot-bai-bao-219399": ("baolaichau", "id", "219399"),
    "https://baolaichau.vn/chinh-tri/ky-niem-mot-ngay-xua-19121946-19122020": (
        "baolaichau",
        "slug",
        "ky-niem-mot-ngay-xua-19121946-19122020",
    ),
    "https://baosonla.vn/kinh-te/mot-bai-51YnYvXDz.html": ("baosonla", "html", "51ynyvxdz"),
    "https://baosonla.vn/kinh-te/mot-bai-58701.html": ("baosonla", "html", "58701"),
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
    "https://hanoimoi.vn/mot-su-kien-event688.html",
    "https://hanoimoi.vn/bao-hiem-y-te-ptag.html",
    "https://baolamdong.vn/kinh-te/nong-nghiep-nong-thon",
    "https://baodongthap.vn/chinh-tri?cate=342&page=2",
    "https://baocamau.vn/tu-lieu/?page=-3",
    "https://baocamau.vn/phong-su-ky-su/?page=21",
    "https://dongkhoi.baovinhlong.vn/thoi-su/",
    "https://baovinhlong.com.vn/le-gio-phan-thanh-gian",
    "https://baotuyenquang.com.vn/file/202510/anh-3f71fbf.jpg",
    "https://baocaobang.vn/list-post-by-category?page=1&category_id=57",
    "https://baolangson.vn/tags/mot-the-88701.html",
    "https://english.baoquangninh.vn/an-article-3388701.html",
    "https://www.sggp.org.vn/mot-the-tag88701.html",
    "https://www.sggp.org.vn/rss/tai-chinh-chung-khoan-44.rss",
    "https://baothanhhoa.vn/print/2162ab/116199.htm",
    "https://baophutho.vn/phu-tho-24h",
    "https://en.baobacninhtv.vn/an-article.bbg",
    "https://baoninhbinh.org.vn/vu-an",
    "https://baohagiang.vn/kinh-te/202410/mot-bai-3f71fbf/",  # hearsay: no pattern is known
    "https://api-dienbien.baodienbienphu.vn/api/web/menu-get-list",
    "https://baodienbienphu.vn/tin-tuc/kinh-te",
    "https://baolaichau.vn/chinh-tri",
    "https://baolaichau.vn/xa-hoi/giao-duc",
    "https://baosonla.vn/kinh-te.html",
    "https://baosonla.vn/thoi-su-chinh-tri/trang-16.html",
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


def test_addresses_without_an_id_are_one_in_every_spelling() -> None:
    """Percent-encoded and plain, with and without ``www.``, ``http`` and ``https``."""
    outlet = REGISTRY.get("baolaichau")
    plain = "https://baolaichau.vn/xã-hội/một-bài-báo-về-chợ-phiên"
    found = outlet.article_id(plain)
    assert found is not None
    for twin in (quote(plain, safe=":/"), plain.replace("https://", "http://www."), plain + "/"):
        assert outlet.article_id(twin) == found


@pytest.mark.parametrize(
    ("url", "families"),
    [
        ("https://baotayninh.vn/mot-bai-a88701.html", ("fck", "mediatech")),
        ("https://baotayninh.vn/mot-bai-88701.html", ("mediatech",)),
        ("https://baolamdong.vn/kinh-te/202403/mot-bai-3f71fbf/", ("vnpt", "onecms")),
        ("https://dongkhoi.baovinhlong.vn/thoi-su/", ("fck", "vnpt")),
        ("https://baovinhlong.com.vn/thoi-su/", ("vnpt",)),
        (None, ("vnpt", "fck")),
        ("https://baobinhduong.vn/", ("fck", "epi")),
    ],
)
def test_the_families_of_a_page_by_its_address(url: str | None, families: tuple[str, ...]) -> None:
    outlet = REGISTRY.for_url(url) if url else REGISTRY.get("baovinhlong")
    assert outlet is not None
    assert outlet.families(url) == families


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
def test_an_outlet_is_at_most_60_lines(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("outlet", list(REGISTRY), ids=lambda outlet: outlet.name)
def test_no_section_of_an_outlet_is_skipped_or_an_article(outlet: Outlet) -> None:
    for path in outlet.sections:
        url = urljoin(outlet.home, path)
        assert outlet.owns(url), path
        assert not outlet.skips(url), path
        assert outlet.article_id(url) is None, path


def test_every_file_is_loaded() -> None:
    names = [outlet.name for outlet in Registry.load([OUTLETS_FOLDER])]
    assert names == sorted(file.stem for file in OUTLETS_FOLDER.glob("*.toml"))
