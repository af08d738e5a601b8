"""A rule's sentence with the values of one finding put into it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from yusuan.figures import units_of_money


def sentence(template: str, values: Mapping[str, str], language: str) -> str:
    """The template with its braces filled: `{name}` as it is, `{name:money}` as money, `{name:size}` without sign.

    Money is given in yuan; a Chinese sentence says it in the unit that the document prints (`values["unit"]`),
    an English one in yuan. A name without a value is left empty; a word of direction that ends the label is said once.
    """
    label, word = values.get("label", ""), values.get("word", "")
    if word and label.endswith(word) and label != word:
        values = {**values, "label": label.removesuffix(word)}
    return template.format_map(_Values(values, language))


class _Values(dict[str, str]):
    """Values by name; one that is missing is empty."""

    def __init__(self, values: Mapping[str, str], language: str) -> None:
        super().__init__({name: _Value(value, values.get("unit", ""), language) for name, value in values.items()})

    def __missing__(self, key: str) -> str:
        return _Value("", "", "")


class _Value(str):
    """One value, which knows how to be said as money."""

    unit: str
    language: str

    def __new__(cls, text: str, unit: str, language: str) -> _Value:
        value = super().__new__(cls, text)
        value.unit = unit if unit in units_of_money() else "元"
        value.language = language
        return value

    def __format__(self, spec: str) -> str:
        if spec not in {"money", "size"}:
            return super().__format__(spec)
        try:
            yuan = Decimal(str(self)) if spec == "money" else abs(Decimal(str(self)))
        except InvalidOperation:
            return str(self)
        if self.language == "en":
            return f"{_grouped(yuan)} yuan"
        unit = self.unit if self.unit.endswith("元") else f"{self.unit}元"
        return f"{_grouped(yuan / units_of_money()[self.unit])} {unit}"


def _grouped(value: Decimal) -> str:
    """Digits with a comma each three, no more places than there are."""
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text
