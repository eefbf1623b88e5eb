"""Every problem of an outlet file is named: file, key, what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.layout import Layout
from crawler.registry import Registry, RegistryError

GOOD = """\
name = "baomau"
title = "Báo Mẫu"
province = "Tỉnh Mẫu"
home = "https://baomau.test/"
hosts = ["baomau.test", "cu.baomau.test"]
family = "onecms"
evidence = "none"
urls = [{ space = "html", path = '-(?P<id>\\d+)\\.html$' }]
"""


def problems_of(folder: Path, text: str | bytes, name: str = "baomau.toml") -> list[str]:
    body = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(body)
    with pytest.raises(RegistryError) as raised:
        Registry.load([folder])
    assert str(raised.value) == "\n".join(raised.value.problems)
    return raised.value.problems


def test_the_example_is_good_and_has_defaults(tmp_path: Path) -> None:
    (tmp_path / "baomau.toml").write_text(GOOD, encoding="utf-8")
    outlet = Registry.load([tmp_path]).get("baomau")
    assert outlet.hosts == ("baomau.test", "cu.baomau.test")
    assert (outlet.utc_offset, outlet.site_tags, outlet.sections, outlet.paging) == ("+07:00", 0, (), None)
    assert dict(outlet.selectors or {}) == {}


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ('titel = "x"', "titel", "unknown key, expected one of name, title"),
        ("site_tags = true", "site_tags", "a whole number, 0 or more, found True"),
        ("site_tags = -1", "site_tags", "a whole number, 0 or more, found -1"),
        ('date_order = "ymd"', "date_order", "one of 'dmy', 'mdy', found 'ymd'"),
        ('z_is_local = "yes"', "z_is_local", "true or false, found 'yes'"),
        ('utc_offset = "7"', "utc_offset", "an offset such as '+07:00', found '7'"),
        ('sections = ["thoi-su"]', "sections", "a list of absolute URLs or paths that begin with '/'"),
        ('sections = "/thoi-su"', "sections", "a list of absolute URLs or paths that begin with '/'"),
        ('sections = ["/a", "/a"]', "sections", "each once"),
        ("skip = [1]", "skip", "a list of paths that begin with '/'"),
        ('feeds = ["rss"]', "feeds", "absolute URLs or paths"),
        ('sitemaps = ["sitemap.xml"]', "sitemaps", "absolute URLs or paths"),
        ('feeds = ["https://a.test/rss"]', "feeds", "absolute URLs on one of the hosts baomau.test, cu.baomau.test"),
        ("official = 5", "official", "text, found 5"),
        ('former_hosts = ["www.cu.test"]', "former_hosts", "without 'www.'"),
        ('former_hosts = ["cu.baomau.test"]', "former_hosts", "hosts that stand in no other list"),
        ('unverified_hosts = ["baomau.test"]', "unverified_hosts", "hosts that stand in no other list"),
        ('sites = "x"', "sites", "a table of hosts"),
        ('sites = { "a.test" = "Tỉnh Cũ" }', "sites.a.test", "one of the hosts baomau.test, cu.baomau.test as key"),
        ('sites = { "cu.baomau.test" = "Tỉnh Cũ" }', "sites.cu.baomau.test", "one of the former provinces"),
        ('lists = "x"', "lists", "a list of tables"),
        ('lists = [{ url = "x", items = "a", link = "{b}" }]', "lists[0].url", "an absolute URL or a path"),
        ('lists = [{ url = "/x", items = "a..b", link = "{b}" }]', "lists[0].items", "a key path such as"),
        ('lists = [{ url = "/x", items = "a", link = "b" }]', "lists[0].link", "an address with keys"),
        ('lists = [{ url = "/x", link = "{b}" }]', "lists[0].items", "a key path such as 'data.list', found nothing"),
        ('json = "x"', "json", "a table of key paths"),
        ('[json]\ntitle = "a"', "json.body", "a key path such as 'data.title', or a list of them, found nothing"),
        ('[json]\nbody = ["a", 1]', "json.body", "a key path such as"),
        ('[json]\nbody = "a"\nleed = "b"', "json.leed", "unknown key"),
        ('paging = "?p=1"', "paging", "text with '{n}'"),
        ('list_links = "a["', "list_links", "a CSS selector"),
        ('former_provinces = "x"', "former_provinces", "a list of names"),
        ('selectors = "x"', "selectors", "a table of CSS selectors"),
        ('[selectors]\nlead = "p..a"', "selectors.lead", "a CSS selector"),
        ("[selectors]\nlead = 5", "selectors.lead", "a CSS selector"),
        ('[selectors]\nled = "p"', "selectors.led", "unknown key, expected one of body, title"),
        ('layouts = "x"', "layouts", "a list of tables"),
        ('[[layouts]]\nname = "own"', "layouts[0].body", "a CSS selector, found nothing"),
        ('[[layouts]]\nname = "Own"\nbody = "p"', "layouts[0].name", "lower-case letters"),
        ('[[layouts]]\nname = "own"\nbody = ["p", "p..a"]', "layouts[0].body", "a CSS selector or a list"),
        ('[[layouts]]\nname = "own"\nbody = ["p", 1]', "layouts[0].body", "a CSS selector or a list"),
        ('[[layouts]]\nname = "own"\nbody = []', "layouts[0].body", "a CSS selector or a list"),
        ('[[layouts]]\nname = "own"\nbody = "p"\nbold_lead = 1', "layouts[0].bold_lead", "true or false"),
        ('[[layouts]]\nname = "own"\nbody = "p"\nled = "p"', "layouts[0].led", "unknown key"),
        ('[[layouts]]\nname = "own"\nbody = "p"\n' * 2, "layouts", "names of their own"),
    ],
)
def test_wrong_optional_key(tmp_path: Path, line: str, key: str, expected: str) -> None:
    (problem,) = problems_of(tmp_path, GOOD + line + "\n")
    assert problem.startswith(f"baomau.toml: {key}: ")
    assert expected in problem


def test_selectors_override_the_family_or_turn_a_field_off(tmp_path: Path) -> None:
    text = GOOD + '[selectors]\nlead = ".detail-desc p, h2.sapo"\ntags = ""\n'
    (tmp_path / "baomau.toml").write_text(text, encoding="utf-8")
    selectors = Registry.load([tmp_path]).get("baomau").selectors
    assert selectors == {"lead": ".detail-desc p, h2.sapo", "tags": ""}


def test_layouts_of_its_own(tmp_path: Path) -> None:
    own = '[[layouts]]\nname = "own"\nbody = ["#text", ".text"]\nlead = "p.sapo"\nbold_lead = true\n'
    (tmp_path / "baomau.toml").write_text(GOOD.replace('family = "onecms"\n', "") + own, encoding="utf-8")
    outlet = Registry.load([tmp_path]).get("baomau")
    assert outlet.family is None
    assert outlet.layouts == (Layout("own", body=("#text", ".text"), lead=("p.sapo",), bold_lead=True),)


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ('name = "baomau"', 'name = "baokhac"', "name", "the file's name 'baomau'"),
        ('name = "baomau"', 'name = "Báo"', "name", "lower-case letters and digits"),
        ('title = "Báo Mẫu"', 'title = ""', "title", "text"),
        ('title = "Báo Mẫu"', "", "title", "found nothing"),
        ("https://baomau.test/", "baomau.test", "home", "an absolute http(s) URL"),
        ("https://baomau.test/", "https://other.test/", "home", "a URL on one of the hosts"),
        ('"cu.baomau.test"', '"www.baomau.test"', "hosts", "without 'www.'"),
        ('"cu.baomau.test"', '"https://cu.baomau.test"', "hosts", "without 'www.', scheme and port"),
        ('["baomau.test", "cu.baomau.test"]', "[]", "hosts", "at least one host name"),
        ('family = "onecms"\nevidence = "none"', 'evidence = "real pages"', "family", "one of 'onecms', 'fck'"),
        ('"onecms"', '"wordpress"', "family", "one of 'onecms', 'fck'"),
        ('"none"', '"sure"', "evidence", "one of 'real pages'"),
        ("(?P<id>", "(", "urls[0].path", "a group (?P<id>…)"),
        ("(?P<id>", "(?P<id>(", "urls[0].path", "a regular expression (missing )"),
        ("-(?P<id>\\d+)\\.html$", "(?P<id>.*)", "urls[0].path", "that the front page '/' does not match"),
        ("(?P<id>", "(?P<other>x)(?P<id>", "urls[0].path", "no other named groups"),
        ('space = "html"', 'space = "HTML"', "urls[0].space", "lower-case letters"),
        ('space = "html"', 'space = "html", host = "a.test"', "urls[0].host", "one of the hosts baomau.test"),
        ('space = "html"', 'space = "html", hots = "a.test"', "urls[0].hots", "unknown key"),
        ('space = "html"', 'space = "html", family = "wordpress"', "urls[0].family", "one of 'onecms', 'fck'"),
        ('space = "html"', 'space = "html", host = ["baomau.test", "a.test"]', "urls[0].host", "or a list of them"),
        ('space = "html"', 'space = "html", host = []', "urls[0].host", "one of the hosts"),
        ("[{ space", "[{ space = 'html', path = '-a(?P<id>x)' }, { space", "urls[1].space", "a space of its own"),
        (
            "[{ space",
            "[{ space = 'x', path = '-(?P<id>\\d+)\\.html$' }, { space",
            "urls[1].path",
            "another path than that of the space 'x' on the same host",
        ),
        ("[{ space", "[] # [{ space", "urls", "a list of at least one table"),
    ],
)
def test_wrong_required_key(tmp_path: Path, old: str, new: str, key: str, expected: str) -> None:
    assert old in GOOD
    problems = problems_of(tmp_path, GOOD.replace(old, new, 1))
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"baomau.toml: {key}: ")
    assert expected in problems[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'name = "x', "expected TOML: "),
        (b'name = "\xff"', "expected UTF-8 text, found byte 0xff"),
        (b"\x00\x01", "expected TOML: "),
        (b"x = " + b"[" * 5000 + b"]" * 5000, "lists or tables stand too deep in each other"),
        (b"", "name: expected lower-case letters and digits, found nothing"),
    ],
)
def test_a_file_that_is_no_toml(tmp_path: Path, body: bytes, expected: str) -> None:
    problems = problems_of(tmp_path, body)
    assert any(problem.startswith("baomau.toml: ") and expected in problem for problem in problems), problems


def test_a_byte_order_mark_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "baomau.toml").write_text(GOOD, encoding="utf-8-sig")
    assert Registry.load([tmp_path]).get("baomau").title == "Báo Mẫu"


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "baomau.toml").mkdir()
    with pytest.raises(RegistryError, match=r"baomau\.toml: cannot be read: Is a directory"):
        Registry.load([tmp_path])


def test_all_problems_of_all_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "baokhac.toml").write_text('name = "baokhac"\nfamily = 3\n', encoding="utf-8")
    broken = GOOD.replace('"onecms"', '"x"') + "sites = 1\nskip = 2\n"
    problems = problems_of(tmp_path, broken)
    files = {problem.split(":")[0] for problem in problems}
    keys = {problem.split(": ")[1] for problem in problems if problem.startswith("baomau.toml")}
    assert files == {"baokhac.toml", "baomau.toml"}
    assert keys == {"family", "sites", "skip"}


def test_a_host_of_two_outlets(tmp_path: Path) -> None:
    other = GOOD.replace("baomau", "baohai").replace("cu.baohai.test", "cu.baomau.test")
    (tmp_path / "baohai.toml").write_text(other, encoding="utf-8")
    (problem,) = problems_of(tmp_path, GOOD)
    expected = "hosts: expected hosts of its own, 'cu.baomau.test' is one of baohai.toml too"
    assert problem == f"baomau.toml: {expected}"


def test_a_former_host_of_two_outlets(tmp_path: Path) -> None:
    other = GOOD.replace("baomau", "baohai") + 'former_hosts = ["baomau.test"]\n'
    (tmp_path / "baohai.toml").write_text(other, encoding="utf-8")
    (problem,) = problems_of(tmp_path, GOOD)
    assert problem.startswith("baomau.toml: hosts: expected hosts of its own, 'baomau.test' is one of baohai.toml")


def test_an_id_space_is_of_the_hosts_of_today_unless_it_names_others(tmp_path: Path) -> None:
    more = 'former_hosts = ["xua.test"]\nunverified_hosts = ["nghe-noi.test"]\n'
    spaces = """{ space = "xua", path = '-x(?P<id>\\d+)', host = "xua.test" }"""
    (tmp_path / "baomau.toml").write_text(GOOD.replace("[{ space", f"[{spaces}, {{ space") + more, encoding="utf-8")
    outlet = Registry.load([tmp_path]).get("baomau")
    assert outlet.article_id("https://cu.baomau.test/a-1.html") == ("html", "1")
    assert outlet.article_id("https://xua.test/a-x1.html") == ("xua", "1")
    for other in ("https://xua.test/a-1.html", "https://nghe-noi.test/a-1.html", "https://baomau.test/a-x1"):
        assert outlet.article_id(other) is None
        assert outlet.owns(other)


def test_the_same_name_in_two_folders(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "baomau.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(RegistryError, match="stands in another folder too"):
        Registry.load([tmp_path / "a", tmp_path / "b"])


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="expected outlet files"):
        Registry.load([tmp_path])
