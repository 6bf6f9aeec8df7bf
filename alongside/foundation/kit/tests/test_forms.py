import re
from html import unescape

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from alongside.foundation.kit.environment import environment
from alongside.foundation.kit.fields import PartialDateField
from alongside.foundation.kit.forms import ErrorItem, PageForm
from alongside.foundation.kit.gallery import GalleryForm

PLACES = (("quay", "Quayside"), ("mill", "Mill Road"))


class Example(PageForm):
    alias = forms.CharField(label="What is she called?", help_text="Any name will do.")
    place = forms.ChoiceField(label="Where", choices=(("", "Choose"), ("By the river", PLACES)), required=False)
    used = forms.MultipleChoiceField(label="Used", choices=PLACES, widget=forms.CheckboxSelectMultiple, required=False)
    visits = forms.IntegerField(label="Visits", required=False)
    since = PartialDateField(label="Since", required=False)
    told = forms.BooleanField(label="I have told her", required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("alias") == "nobody":
            raise ValidationError("Nobody is not a name that we can find again")


def shown(form: PageForm, name: str, **options: object) -> str:
    source = '{% import "kit/fields.html" as fields %}{{ fields.field(form.view(name), **options) }}'
    return unescape(environment().from_string(source).render(form=form, name=name, options=options))


def summary(form: PageForm) -> str:
    source = '{% import "kit/pieces.html" as pieces %}{{ pieces.error_summary(form.error_items()) }}'
    return unescape(environment().from_string(source).render(form=form))


def test_an_untouched_form_has_no_faults() -> None:
    assert Example().error_items() == ()
    assert summary(Example()).strip() == ""


def test_optional_is_said_and_required_is_not() -> None:
    form = Example()
    assert form.view("alias").label == "What is she called?"
    assert form.view("place").label == "Where (optional)"
    assert form.view("told").label == "I have told her"


def test_a_fault_is_told_twice_in_the_same_words_and_linked() -> None:
    form = Example({"alias": "", "visits": "many"})
    assert form.error_items() == (
        ErrorItem("Enter an answer: What is she called", "#id_alias"),
        ErrorItem("Visits must be a whole number", "#id_visits"),
    )
    for item, name in zip(form.error_items(), ("alias", "visits"), strict=True):
        assert item.words in shown(form, name)
        assert f'id="{item.href[1:]}"' in shown(form, name)
        assert f'<a href="{item.href}">{item.words}</a>' in summary(form)


def test_every_link_of_the_summary_leads_to_an_element() -> None:
    form = GalleryForm(
        {
            "since_day": "31",
            "since_month": "2",
            "since_year": "2026",
            "indoors": "maybe",
            "used": ["no such thing"],
            "place": "x",
            "age": "x",
            "times": "x",
        }
    )
    page = "".join(shown(form, name) for name in form.fields)
    assert len(form.error_items()) == 7
    for item in form.error_items():
        assert f'id="{item.href[1:]}"' in page, item


def test_what_was_typed_stays() -> None:
    form = Example(
        {
            "alias": "",
            "visits": "many",
            "place": "nowhere",
            "used": ["mill"],
            "since_day": "31",
            "since_month": "2",
            "since_year": "2026",
        }
    )
    assert form.view("visits").value == "many"
    assert [part.value for part in form.view("since").parts] == ["31", "2", "2026"]
    assert [choice.chosen for choice in form.view("used").choices] == [False, True]


def test_a_wrong_choice_is_not_repeated_in_the_fault() -> None:
    form = Example({"alias": "Sunny", "place": "a name typed by mistake"})
    assert form.view("place").error == "Choose one of the answers: Where"


def test_a_fault_of_the_whole_form_comes_first_and_has_no_link() -> None:
    form = Example({"alias": "nobody", "visits": "many"})
    first = form.error_items()[0]
    assert first == ErrorItem("Nobody is not a name that we can find again", "")
    assert '<a href="">' not in summary(form)


def test_own_words_of_a_form_are_kept() -> None:
    class Own(PageForm):
        alias = forms.CharField(error_messages={"required": "Say what she is called, or “not known”"})

    assert Own({}).error_items()[0].words == "Say what she is called, or “not known”"


def test_grouped_choices_are_listed_flat_and_the_chosen_one_is_marked() -> None:
    html = shown(Example(initial={"place": "mill"}), "place")
    assert re.search(r'<option value="mill" selected', html)
    assert not re.search(r'<option value="quay" selected', html)


def test_a_date_is_a_group_with_three_boxes() -> None:
    html = shown(Example(), "since")
    assert "<fieldset" in html
    assert "Since (optional)" in html
    assert [f'name="since_{part}"' in html for part in ("day", "month", "year")] == [True] * 3


def test_a_tick_box_sends_on_and_has_no_group() -> None:
    html = shown(Example(initial={"told": True}), "told")
    assert "<fieldset" not in html
    assert re.search(r'type="checkbox"\s+value="on"\s+checked', html)


def test_a_hidden_field_shows_nothing() -> None:
    html = shown(Example(initial={"version": "7"}), "version")
    assert html.strip() == '<input type="hidden" name="version" id="id_version" value="7">'


def test_who_will_see_this_stands_under_the_field() -> None:
    assert "Who will see this: Northgate Outreach" in shown(Example(), "alias", seen_by="Northgate Outreach")
    assert "Who will see this" not in shown(Example(), "alias")


def test_a_heading_label_is_the_pages_h1() -> None:
    assert re.search(r"<h1[^>]*>\s*<label", shown(Example(), "alias", heading=True))


def test_a_password_is_never_sent_back() -> None:
    form = GalleryForm({"secret": "correct horse"})
    assert form.view("secret").value == ""
    assert "correct horse" not in shown(form, "secret")


def test_a_file_name_is_never_sent_back() -> None:
    form = GalleryForm({}, {"file": SimpleUploadedFile("Rosa Ellery.csv", b"a")})
    assert "Rosa" not in shown(form, "file")


def test_browsers_do_not_remember_answers() -> None:
    assert 'autocomplete="off"' in shown(Example(), "alias")


def test_prefix_and_own_ids_are_kept() -> None:
    form = Example({"row-alias": ""}, prefix="row", auto_id="first_%s")
    assert form.view("alias").name == "row-alias"
    assert form.error_items()[0].href == "#first_row-alias"


def test_an_unknown_widget_is_refused() -> None:
    class Odd(PageForm):
        alias = forms.CharField(widget=forms.MultiWidget([forms.TextInput]))

    with pytest.raises(TypeError, match="No component shows MultiWidget"):
        Odd().view("alias")


def test_views_are_in_the_forms_order() -> None:
    assert [view.name for view in Example().views()] == list(Example.base_fields)
