"""A telephone on the road: what walks without network have in common."""

from playwright.sync_api import Page, Route, expect

from sinergia.exchange.models import Visit


def open_there(page: Page, visit: Visit) -> None:
    page.goto(f"/visits/{visit.key}/there/")
    expect(page.locator("[data-road-kept]")).to_contain_text("Saved for the road", timeout=20_000)


def lose_network(page: Page) -> None:
    """No request gets through: a page that just begins to load is not told so by the browser."""
    page.context.route("**/*", _refuse_what_is_sent)
    page.context.set_offline(True)


def _refuse_what_is_sent(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


def find_network(page: Page) -> None:
    page.context.unroute("**/*", _refuse_what_is_sent)
    page.context.set_offline(False)


def status(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def note(page: Page, text: str) -> None:
    page.get_by_label("Note", exact=True).fill(text)
    page.get_by_role("button", name="Keep the note").click()
