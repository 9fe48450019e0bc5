"""The form in which somebody says which sizes they wear: one field per size system that goods are made in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from omni_sync.people.sizes.mine import SIZE_LENGTH
from omni_sync.people.sizes.typed import MadeSizes, UnknownSize, made_sizes, size_as_made
from shop.storefront.memory import Memory, edition_of

TO_TAP: Final = 24  # sizes; more of them are typed
SYSTEMS: Final[Mapping[str, str | Promise]] = {
    "EU": gettext_lazy("Shoes (EU)"),
    "SML": gettext_lazy("Clothes (S, M, L)"),
    "W": gettext_lazy("Trousers and belts (waist)"),
}


@dataclass(frozen=True, slots=True)
class SystemLine:
    """One system on the page: its sizes to tap, or, where they are too many, to type; ``why`` we know what is worn."""

    system: str
    sizes: tuple[str, ...]
    field: forms.BoundField
    value: str
    known: str
    why: str

    @property
    def is_tapped(self) -> bool:
        return len(self.sizes) <= TO_TAP

    @property
    def last(self) -> str:
        return self.sizes[-1]

    @property
    def lies_outside(self) -> bool:
        """What was told is none of the sizes: it is shown, in a field, so that nothing is lost."""
        return bool(self.value) and self.value not in self.sizes


class SizesForm(forms.Form):
    """``cleaned_data["told"]`` has the size by system, as the goods write it; empty for "I have none"."""

    def __init__(
        self, data: Mapping[str, str] | None = None, *, made: MadeSizes, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self._made = made
        for system in made:
            self.fields[_name(system)] = forms.CharField(
                label=system_words(system), required=False, max_length=SIZE_LENGTH, widget=forms.TextInput
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        told = {}
        for system in self._made:
            size = given.get(_name(system), "")
            try:
                told[system] = size and size_as_made(size_system=system, size=size, made=self._made)
            except UnknownSize as refusal:
                self.add_error(_name(system), ValidationError(unknown_words(refusal)))
        return given | {"told": told}

    def lines(self, whys: Mapping[str, str]) -> Iterator[SystemLine]:
        """The systems, in the order of their names, with how we know the size of some."""
        for system, sizes in self._made.items():
            field = self[_name(system)]
            known = str(self.initial.get(_name(system), ""))
            yield SystemLine(system, sizes, field, str(field.value() or ""), known, whys.get(system, ""))


def sizes_form(request: HttpRequest, told: Mapping[str, str], data: Mapping[str, str] | None = None) -> SizesForm:
    """The form, filled with what was ``told`` by system, or bound to what was sent."""
    initial = {_name(system): size for system, size in told.items()}
    return SizesForm(data, made=all_sizes(request), initial=initial)


def one_size(request: HttpRequest, told: Mapping[str, str], *, size_system: str, size: str) -> SizesForm:
    """The form as if this one size had been written into it, beside those ``told`` before."""
    made = all_sizes(request)
    still = {system: known for system, known in told.items() if known in made.get(system, ())}
    said = {**still, size_system: size[: SIZE_LENGTH + 1]}
    return sizes_form(request, told, {_name(system): value for system, value in said.items()})


def all_sizes(request: HttpRequest) -> MadeSizes:
    """The sizes that goods are made in, by system: no query while they are remembered."""
    return _made.get((), edition_of(request))


def system_words(system: str) -> str:
    """What a system is called; its own letters where we have no words for it."""
    return str(SYSTEMS[system]) if system in SYSTEMS else gettext("Sizes %(system)s") % {"system": system}


def unknown_words(refusal: UnknownSize) -> str:
    """What was wrong with a size, and what is near it."""
    given = {"size": refusal.size}
    if len(refusal.nearest) > 1:
        first, second = refusal.nearest
        return gettext("Nothing is made in size %(size)s. The nearest are %(first)s and %(second)s.") % {
            **given, "first": first, "second": second,
        }  # fmt: skip
    if refusal.nearest:
        return gettext("Nothing is made in size %(size)s. The nearest is %(first)s.") % {
            **given, "first": refusal.nearest[0],
        }  # fmt: skip
    return gettext("Nothing is made in size %(size)s.") % given


def _name(system: str) -> str:
    """What a form may be sent with, and an address may point at, whatever the system is called."""
    return f"size-{quote(system, safe='')}"


def _read_made(_: Sequence[str]) -> MadeSizes:
    return made_sizes()


_made: Final[Memory[tuple[()], MadeSizes]] = Memory(_read_made)
