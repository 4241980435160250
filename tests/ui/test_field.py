from django import forms
from django.template import Context, Template

from tests.ui.markup import broken_references, parse, words


class Order(forms.Form):
    title = forms.CharField(label="Title", help_text="In <b>plain</b> words.")
    note = forms.CharField(label="Note", required=False)
    choice = forms.ChoiceField(label="Choice", choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")

    def clean(self) -> None:
        raise forms.ValidationError("Nothing fits.")


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_a_field_goes_label_hint_error_field() -> None:
    field = parse(str(Order({})["title"].as_field_group()))

    assert [part.tag for part in field] == ["label", "p", "ul", "input"]
    assert [words(part) for part in field] == [
        "Title",
        "In <b>plain</b> words.",
        "Ошибка: Обязательное поле.",
        "",
    ]


def test_what_may_stay_empty_says_so_except_in_a_filter() -> None:
    form, source = (
        Order(),
        '{% include "components/field.html" with field=form.note plain=p only %}',
    )

    assert words(parse(render(source, form=form, p=False))) == "Note (необязательно)"
    assert words(parse(render(source, form=form, p=True))) == "Note"


def test_a_field_is_described_by_its_hint_and_its_error() -> None:
    page = parse(str(Order({}).as_div()))

    assert page.xpath("//input[@name='title']/@aria-describedby") == [
        "id_title_helptext id_title_error"
    ]
    assert page.xpath("//input[@name='title']/@aria-invalid") == ["true"]
    assert broken_references(page) == set()


def test_a_choice_is_a_group_with_a_legend_and_a_tick_has_its_label_after_it() -> None:
    page = parse(str(Order().as_div()))

    assert [words(legend) for legend in page.iter("legend")] == ["Choice"]
    assert [part.tag for part in page.xpath("//div[@class='check']/*")] == ["input", "label"]


def test_the_summary_links_every_error_to_its_field_and_takes_the_focus() -> None:
    form = Order({})
    summary = parse(
        render('{% include "components/error_summary.html" with form=form only %}', form=form)
    )
    page = parse(str(form.as_div()))

    links = [(link.get("href"), words(link)) for link in summary.iter("a")]
    assert links == [
        ("#id_title", "Title: Обязательное поле."),
        ("#id_choice", "Choice: Обязательное поле."),
        ("#id_agreed", "Agreed: Обязательное поле."),
    ]
    assert {link[1:] for link, _ in links} <= {*page.xpath("//@id")}
    assert words(next(summary.iter("li"))) == "Nothing fits."
    assert summary.xpath("//@tabindex") == ["-1"]


def test_a_form_without_errors_has_no_summary() -> None:
    source = '{% include "components/error_summary.html" with form=form only %}'

    assert render(source, form=Order()).strip() == ""


def test_typed_letters_stay_and_are_escaped() -> None:
    form = Order({"title": '"><script>alert(1)</script>'})

    assert parse(str(form.as_div())).xpath("//input[@name='title']/@value") == [form.data["title"]]
