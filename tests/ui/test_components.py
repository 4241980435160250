from types import SimpleNamespace

from django.template import Context, Template

from sinergia.base.ui.parts import Area, Sheet, Tile
from tests.ui.markup import parse, words


def component(component_name: str, /, **given: object) -> str:
    names = " ".join(f"{key}={key}" for key in given)
    source = f'{{% include "components/{component_name}.html" with {names} only %}}'
    return Template(source).render(Context(given))


def test_a_figure_is_a_link_to_its_rows_with_its_definition_beneath() -> None:
    tiles = [Tile("137", "выиграли", "/a?b=1&c=2", "Включая отказы."), Tile("—", "помогли")]
    page = parse(component("figures", items=tiles))

    assert [words(item) for item in page.iter("li")] == [
        "137 выиграли Включая отказы.",
        "— помогли",
    ]
    assert page.xpath("//a/@href") == ["/a?b=1&c=2"]


def test_the_pager_keeps_the_filter_and_hides_pages_that_are_not() -> None:
    first = SimpleNamespace(rows=[1, 2], next_key="k&1", previous_key="")
    page = parse(component("pager", page=first, query="q=a%20b&year=2026", total=12_480))

    assert page.xpath("//a/@href") == ["?q=a%20b&year=2026&after=k%261"]
    elsewhere = parse(component("pager", page=first, address="/a/"))
    assert elsewhere.xpath("//a/@href") == ["/a/?after=k%261"]
    assert words(page.find(".//p")) == "Показано 2 из 12\u00a0480"


def test_the_pager_counts_no_further_than_was_counted() -> None:
    last = SimpleNamespace(rows=[1], next_key="", previous_key="k")
    total = SimpleNamespace(number=10_000, is_capped=True)
    page = parse(component("pager", page=last, total=total))

    assert words(page.find(".//p")) == "Показано 1 из более чем 10\u00a0000"
    assert page.xpath("//a/@href") == ["?before=k"]


def test_an_empty_list_has_no_pager() -> None:
    nothing = SimpleNamespace(rows=[], next_key="", previous_key="")

    assert component("pager", page=nothing).strip() == ""


def test_an_area_tells_its_name_and_number_and_prints_zero_too() -> None:
    areas = [
        Area("Меловец", "/m/", "M0 0h9v9z", 1200, 5, 4, 4),
        Area("Ковыльск", "/k/", "M9 0h9v9z", 0, 0, 13, 4),
        Area("Заречинск", "/z/", "M0 9h9v9z", 340_000_00, 2, 4, 13, text="340 тыс."),
    ]
    page = parse(
        component("map", sheet=Sheet(20, 20, areas, [(0, "0"), (1, "1–4")]), label="Карта")
    )

    assert page.xpath("//a/@aria-label") == [
        "Меловец: 1\u00a0200",
        "Ковыльск: 0",
        "Заречинск: 340 тыс.",
    ]
    assert [words(text) for text in page.iter("text")] == ["1\u00a0200", "0", "340 тыс."]
    assert [words(item) for item in page.iter("li")] == ["0", "1–4"]
    assert page.xpath("//svg[@role]") == []
    assert page.xpath("//*[@role='group']/@aria-label") == ["Карта"]


def test_a_sorted_column_says_which_way() -> None:
    table = "<table><tr>{}</tr></table>"
    up = component("sort", label="Год", url="?sort=-year", direction="ascending", kind="num")
    none = component("sort", label="Год", url="?sort=year", direction="")

    head = parse(table.format(up)).find(".//th")
    assert (head.get("aria-sort"), head.get("scope"), head.get("class")) == (
        "ascending",
        "col",
        "num",
    )
    assert parse(table.format(none)).find(".//th").get("aria-sort") is None


def test_a_button_with_an_address_is_a_link() -> None:
    assert parse(component("button", label="Дальше", url="/x/")).tag == "a"
    assert parse(component("button", label="Дальше", name="go", value="1")).tag == "button"


def test_progress_speaks_in_words_too() -> None:
    bar = parse(component("progress", label="Чтение", value=187, max=12_480, text="187 строк"))

    assert words(bar) == "Чтение 187 строк"
    assert (bar.get("role"), bar.find("progress").get("max")) == ("status", "12480")


def test_values_are_escaped_everywhere() -> None:
    evil = "<script>1</script>"
    drawn = [
        component("badge", kind="ok", label=evil),
        component("notice", kind="ok", text=evil, title=evil),
        component("empty", title=evil, advice=evil),
        component("facts", items=[(evil, evil)]),
        component("crumbs", items=[(evil, "/"), (evil, "")]),
        component("ways", items=[(evil, "/", evil)]),
        component("figures", items=[Tile(evil, evil, evil, evil)]),
        component("details", summary=evil, text=evil),
    ]

    assert [text for text in drawn if evil in text] == []
