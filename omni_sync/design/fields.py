"""How a form's fields stand on a page of ours: which kind of control, described by what, filled in by the browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from django.forms import BaseForm, BoundField, widgets
from django.forms.formsets import BaseFormSet

#: What a browser or a password safe may fill in, by the field's own name, where its widget does not say.
AUTOCOMPLETE: Final[Mapping[str, str]] = {
    "email": "email",
    "username": "username",
    "password": "current-password",
    "old_password": "current-password",
    "password1": "new-password",
    "password2": "new-password",
    "new_password1": "new-password",
    "new_password2": "new-password",
    "first_name": "given-name",
    "last_name": "family-name",
    "line1": "address-line1",
    "line2": "address-line2",
    "line3": "address-line3",
    "line4": "address-level2",
    "state": "address-level1",
    "postcode": "postal-code",
    "country": "country",
    "phone_number": "tel",
}
#: The keyboard a phone should show.
KEYBOARD: Final[Mapping[str, str]] = {"email": "email", "username": "email", "phone_number": "tel"}


class Wrong(NamedTuple):
    """One thing to put right, and where; ``anchor`` is empty for what concerns the whole form."""

    anchor: str
    label: str
    text: str


def kind(field: BoundField) -> str:
    """``checkbox``, ``choices`` (radio buttons or checkboxes), ``select``, ``textarea``, ``file`` or ``text``."""
    widget = field.field.widget
    match widget:
        case widgets.CheckboxInput():
            return "checkbox"
        case widgets.RadioSelect() | widgets.CheckboxSelectMultiple():
            return "choices"
        case widgets.Select():
            return "select"
        case widgets.Textarea():
            return "textarea"
        case widgets.FileInput():
            return "file"
    return "text"


def control(field: BoundField, *, hint: object = "", autocomplete: str = "") -> str:
    """The field's own widget, named by its hint and its errors, with what the browser may fill in."""
    given = field.field.widget.attrs
    attrs: dict[str, Any] = {"class": "control", "aria-describedby": described_by(field, hint=hint) or False}
    if kind(field) == "text":
        attrs |= {
            "autocomplete": autocomplete or given.get("autocomplete") or AUTOCOMPLETE.get(field.name, False),
            "inputmode": given.get("inputmode") or KEYBOARD.get(field.name, False),
        }
    elif kind(field) == "select":
        attrs["autocomplete"] = autocomplete or given.get("autocomplete") or AUTOCOMPLETE.get(field.name, False)
    return field.as_widget(attrs=attrs)


def described_by(field: BoundField, *, hint: object = "") -> str:
    """The ids of what explains the control: its hint, then what is wrong with it."""
    parts = [f"{field.auto_id}_hint" if hint else "", f"{field.auto_id}_error" if field.errors else ""]
    return " ".join(part for part in parts if part)


def anchor(field: BoundField) -> str:
    """The id of the control, of the first one where there are several."""
    return f"{field.auto_id}_0" if kind(field) == "choices" else field.id_for_label or field.auto_id


def wrongs(form: BaseForm | BaseFormSet[Any] | None) -> Iterator[Wrong]:
    """Everything wrong with a form, or with all forms of a set, as the page shows it; none where none was sent."""
    if form is None or not form.is_bound:
        return
    if isinstance(form, BaseFormSet):
        yield from (Wrong("", "", str(text)) for text in form.non_form_errors())
        for each in form.forms:
            yield from wrongs(each)
        return
    yield from (Wrong("", "", str(text)) for text in form.non_field_errors())
    for field in form:
        where = "" if field.is_hidden else anchor(field)
        yield from (Wrong(where, str(field.label), str(text)) for text in field.errors)
