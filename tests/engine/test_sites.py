"""Addresses of sites, however they are written."""

import pytest

from sinergia.engine.sites import read_link, read_site, site_key


@pytest.mark.parametrize(
    ("written", "site"),
    [
        ("HTTPS://www.XN--80AEGOCVEM2BD8B2D.XN--P1AI/", "научимводить.рф"),
        ("http://Шаг.рф/about/Us", "шаг.рф/about/Us"),
        ("WWW.shag.example", "shag.example"),
        ("http:/shag.example", "shag.example"),
        ("https://shag.example:8080/a?b=1#c", "shag.example/a?b=1#c"),
        ("shag.example, other.example", "shag.example"),
        ("сайт: shag.example", "shag.example"),
        ("xn--.example", ""),
        ("нет", ""),
        ("-", ""),
        ("в разработке", ""),
        ("anna@shag.example", ""),
        (None, ""),
        (12.5, ""),
    ],
)
def test_a_site_is_read(written: object, site: str) -> None:
    assert read_site(written) == site


@pytest.mark.parametrize(
    ("site", "key"),
    [
        ("xn--80aegocvem2bd8b2d.xn--p1ai/about", "научимводить.рф"),
        ("http://www.Шаг.рф:80/a?b", "шаг.рф"),
        ("", ""),
    ],
)
def test_a_site_is_told_by_its_host(site: str, key: str) -> None:
    assert site_key(site) == key


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("https://vk.com//public203415983", "https://vk.com/public203415983"),
        ("vk.com/club1", "https://vk.com/club1"),
        ("vk.com", ""),
        ("нет", ""),
    ],
)
def test_a_page_in_a_network_is_read_whole(written: str, link: str) -> None:
    assert read_link(written) == link
