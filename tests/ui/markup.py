"""What the tests read out of a rendered page."""

import re
from collections import Counter

from lxml import html  # type: ignore[import-untyped]  # it ships no types


def parse(text: str) -> html.HtmlElement:
    """Read a whole page, or a part of one."""
    return html.fromstring(text)


def words(element: html.HtmlElement) -> str:
    """The text of an element as a reader sees it, blanks joined."""
    return re.sub(r"[ \n]+", " ", element.text_content()).strip()


def unnamed_fields(page: html.HtmlElement) -> list[str]:
    """Fields that nothing names: no label, no aria-label."""
    named = {label.get("for") for label in page.iter("label")}
    return [
        html.tostring(field, encoding="unicode")
        for field in page.iter("input", "select", "textarea")
        if field.get("type") != "hidden"
        and field.get("id") not in named
        and not field.get("aria-label")
    ]


def repeated_ids(page: html.HtmlElement) -> list[str]:
    """Ids that stand twice."""
    counted = Counter(page.xpath("//@id"))
    return [id_ for id_, times in counted.items() if times > 1]


def broken_references(page: html.HtmlElement) -> set[str]:
    """Ids that are pointed at and are not there."""
    pointing = page.xpath("//@for | //@aria-describedby | //@aria-labelledby")
    return {id_ for value in pointing for id_ in value.split()} - {*page.xpath("//@id")}


def forbidden_parts(text: str) -> list[str]:
    """What the content policy refuses: style attributes, handlers, inline scripts and styles."""
    found = re.findall(r"<[^>]*\s(?:style|on[a-z]+)=", text) + re.findall(r"<style", text)
    return found + re.findall(r"<script(?![^>]*\ssrc=)", text)


def heading_levels(page: html.HtmlElement) -> list[int]:
    """1 for h1 and so on, in order."""
    return [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3", "h4")]
