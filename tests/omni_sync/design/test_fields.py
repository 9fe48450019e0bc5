"""How a field is shown: every control has a label, and knows its hint and its errors."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation


class Wish(forms.Form):
    email = forms.EmailField(help_text="We write once.")
    first_name = forms.CharField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    words = forms.CharField(widget=forms.Textarea)
    size = forms.ChoiceField(choices=[("s", "Small"), ("m", "Medium")])
    how = forms.ChoiceField(choices=[("a", "By parcel"), ("b", "At the shop")], widget=forms.RadioSelect)
    agreed = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if "email" in self.cleaned_data and self.cleaned_data["email"].endswith("@nobody.example"):
            raise forms.ValidationError("Nobody lives there & never did")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def shown(field, **given):
    return " ".join(render_to_string("lintas/parts/field.html", {"field": field, **given}).split())


def summary(form, **given):
    return " ".join(render_to_string("lintas/parts/form_errors.html", {"form": form, **given}).split())


def test_a_field_has_a_label_a_hint_and_what_the_browser_may_fill_in():
    html = shown(Wish()["email"])
    assert '<label for="id_email">Email</label>' in html
    assert '<div class="hint" id="id_email_hint">We write once.</div>' in html
    assert 'aria-describedby="id_email_hint"' in html
    assert 'autocomplete="email"' in html
    assert 'inputmode="email"' in html
    assert " required" in html
    assert "aria-invalid" not in html


def test_what_is_wrong_is_said_in_words_and_belongs_to_the_control():
    html = shown(Wish({"email": "nonsense"})["email"])
    assert 'aria-describedby="id_email_hint id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email_error"' in html
    assert "Error:" in html
    assert "Enter a valid email address." in html


def test_what_may_be_left_out_says_so():
    assert "(optional)" in shown(Wish()["first_name"])
    assert "(optional)" not in shown(Wish()["password"])
    assert "aria-describedby" not in shown(Wish()["first_name"])


def test_label_hint_and_autocomplete_may_be_given():
    html = shown(Wish()["password"], label="Your password", hint="At least <9>", autocomplete="new-password")
    assert ">Your password</label>" in html
    assert "At least &lt;9&gt;" in html
    assert 'aria-describedby="id_password_hint"' in html
    assert 'autocomplete="new-password"' in html


def test_each_kind_of_control_is_drawn_as_what_it_is():
    form = Wish({})
    assert "<textarea" in shown(form["words"])
    assert '<span class="select"><select' in shown(form["size"])
    group = shown(form["how"])
    assert '<fieldset class="field is-wrong" aria-describedby="id_how_error">' in group
    assert "<legend>How</legend>" in group
    assert group.count('<div class="choice"><input type="radio"') == 2
    assert '<label for="id_how_1">At the shop</label>' in group
    box = shown(form["agreed"])
    assert 'type="checkbox"' in box
    assert '<label for="id_agreed">Agreed</label>' in box
    assert shown(form["secret"]) == '<input type="hidden" name="secret" id="id_secret">'


def test_the_summary_leads_to_every_field_that_needs_another_look():
    html = summary(Wish({"email": "x@nobody.example"}))
    assert 'role="alert"' in html
    assert "autofocus" in html
    assert "<li>Nobody lives there &amp; never did</li>" in html
    assert '<a href="#id_password">Password: This field is required.</a>' in html
    assert '<a href="#id_how_0">How: This field is required.</a>' in html
    assert "secret" not in html


def test_nothing_is_summed_up_where_nothing_is_wrong():
    assert summary(Wish()) == ""
    assert summary(None) == ""
    assert render_to_string("lintas/parts/form_errors.html", {}).strip() == ""


def test_a_set_of_forms_is_summed_up_form_by_form():
    wishes = forms.formset_factory(Wish)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-MIN_NUM_FORMS": "0", "form-MAX_NUM_FORMS": "9"}
    )
    html = summary(Wish({"email": "a@b.example"}), second=wishes)
    assert 'href="#id_password"' in html
    assert 'href="#id_form-0-password"' in html
