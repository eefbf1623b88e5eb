"""The registry covers the country: 34 provinces since July 2025, 63 before."""

from __future__ import annotations

from collections import Counter

from crawler.registry import default_registry

PRESS = [outlet for outlet in default_registry() if outlet.evidence != "bundled press"]

#: Provinces and cities since 1 July 2025; a name with others behind it took them in.
PROVINCES = """
Hà Nội; Huế; Lai Châu; Điện Biên; Sơn La; Lạng Sơn; Quảng Ninh; Thanh Hóa; Nghệ An; Hà Tĩnh; Cao Bằng
Tuyên Quang: Hà Giang; Lào Cai: Yên Bái; Thái Nguyên: Bắc Kạn; Phú Thọ: Vĩnh Phúc, Hòa Bình; Bắc Ninh: Bắc Giang
Hưng Yên: Thái Bình; Hải Phòng: Hải Dương; Ninh Bình: Hà Nam, Nam Định; Quảng Trị: Quảng Bình
Đà Nẵng: Quảng Nam; Quảng Ngãi: Kon Tum; Gia Lai: Bình Định; Khánh Hòa: Ninh Thuận; Đắk Lắk: Phú Yên
Lâm Đồng: Đắk Nông, Bình Thuận; Đồng Nai: Bình Phước; Tây Ninh: Long An
TP. Hồ Chí Minh: Bình Dương, Bà Rịa - Vũng Tàu; Đồng Tháp: Tiền Giang; Vĩnh Long: Bến Tre, Trà Vinh
Cần Thơ: Sóc Trăng, Hậu Giang; An Giang: Kiên Giang; Cà Mau: Bạc Liêu
"""


def merged() -> dict[str, set[str]]:
    """Each province with those it took in."""
    entries = (entry.partition(":") for entry in PROVINCES.strip().replace("\n", ";").split(";"))
    return {name.strip(): {old.strip() for old in former.split(",") if old.strip()} for name, _, former in entries}


def test_each_of_the_34_provinces_has_one_paper() -> None:
    assert Counter(outlet.province for outlet in PRESS) == dict.fromkeys(merged(), 1)
    assert len(PRESS) == 34


def test_the_former_provinces_of_each_are_those_it_took_in() -> None:
    assert {outlet.province: set(outlet.former_provinces) for outlet in PRESS} == merged()


def test_provinces_of_today_and_former_ones_are_the_63() -> None:
    names = [name for outlet in PRESS for name in (outlet.province, *outlet.former_provinces)]
    assert len(names) == len(set(names)) == 63


def test_no_two_papers_share_a_host_and_a_host_stands_once() -> None:
    hosts = [host for outlet in PRESS for host in outlet.all_hosts]
    assert len(hosts) == len(set(hosts))


def test_the_sites_of_merged_papers_are_named_with_their_province() -> None:
    sites = {host: province for outlet in PRESS for host, province in (outlet.sites or {}).items()}
    for host, province in {
        "phuyen.baodaklak.vn": "Phú Yên",
        "dongkhoi.baovinhlong.vn": "Bến Tre",
        "travinh.baovinhlong.vn": "Trà Vinh",
        "bbk.baothainguyen.vn": "Bắc Kạn",
        "baohaugiang.com.vn": "Hậu Giang",
        "baobinhduong.vn": "Bình Dương",
    }.items():
        assert sites[host] == province


def test_every_paper_has_a_family_or_layouts_of_its_own_and_says_what_they_rest_on() -> None:
    for outlet in PRESS:
        assert outlet.family or outlet.layouts
        assert outlet.evidence in ("real pages", "others' selectors", "none")
    assert {outlet.province for outlet in PRESS if not outlet.family} == {
        "Bắc Ninh",
        "Ninh Bình",
        "Quảng Ngãi",
        "Điện Biên",
        "Sơn La",
        "Lai Châu",
    }
