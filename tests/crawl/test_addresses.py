"""Which addresses are public."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.handlers.addresses import AddressRefused, Loopback, check_host, is_public, is_test_name

NOT_PUBLIC = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "203.0.113.7",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1",
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8",
    "113.160.0.1",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2405:4800::1",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_a_wrapped_address_is_judged_as_the_one_inside(inner: IPv4Address) -> None:
    number = int(inner)
    expected = is_public(inner)
    assert is_public(IPv6Address((0xFFFF << 32) | number)) == expected
    assert is_public(IPv6Address((0x64FF9B << 96) | number)) == expected
    assert is_public(IPv6Address((0x2002 << 112) | (number << 80))) == expected


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "LOCALHOST.", "x.localhost", "10.0.0.1"])
def test_host_refused_without_asking_a_resolver(host: str) -> None:
    with pytest.raises(AddressRefused):
        check_host(host)


@pytest.mark.parametrize("host", ["baoangiang.com.vn", "8.8.8.8", "baosongmay.test", "127.1", "localhost.example"])
def test_host_left_to_the_moment_of_connecting(host: str) -> None:
    check_host(host)


def test_names_under_test() -> None:
    assert is_test_name("baosongmay.test")
    assert is_test_name("WWW.Baosongmay.TEST.")
    assert not is_test_name("test")
    assert not is_test_name("test.vn")


def test_loopback_setting() -> None:
    assert Loopback.parse("") is None
    assert Loopback.parse("127.0.0.1:8000") == Loopback("127.0.0.1", 8000)
    assert Loopback.parse("[::1]:8000") == Loopback("::1", 8000)


@pytest.mark.parametrize("text", ["8000", "127.0.0.1", "10.0.0.1:80", "8.8.8.8:80", "localhost:80", "127.0.0.1:0", "x"])
def test_loopback_setting_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a loopback address and a port"):
        Loopback.parse(text)


def test_ports_of_test_names() -> None:
    loopback = Loopback("127.0.0.1", 8000)
    assert [port for port in (22, 80, 443, 8000, 8001) if loopback.admits(port)] == [80, 443, 8000]
