"""Form fields for what is known roughly."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.foundation.kit.approximate import PartialDate, Span, span


class ApproximateNumberField(forms.CharField):
    """`about 30`, `late 20s`, `28-32` or `30`. Cleans to a Span, or None when left empty."""

    def __init__(self, *, least: int = 0, most: int = 120, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Span | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            read = span(text)
        except ValueError:
            raise ValidationError(
                f"{self.label} must be a number or a guess, like 30, about 30, 28 to 32 or late 20s"
            ) from None
        if read.low < self.least or read.high > self.most:
            raise ValidationError(f"{self.label} must be between {self.least} and {self.most}")
        return read


class PartialDateWidget(forms.MultiWidget):
    """Three boxes: `<name>_day`, `<name>_month`, `<name>_year`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = forms.TextInput
        super().__init__({"day": box, "month": box, "year": box}, attrs)

    def decompress(self, value: PartialDate | date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


class PartialDateField(forms.MultiValueField):
    """A date of which only the year has to be known. Cleans to a PartialDate, or None when left empty."""

    widget = PartialDateWidget

    def __init__(self, **kwargs: Any) -> None:
        parts = (forms.CharField(required=False), forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> PartialDate | None:
        day, month, year = (str(part).strip() for part in data_list or ("", "", ""))
        if not (day or month or year):
            return None
        if not year:
            raise ValidationError(f"{self.label} must include a year")
        if day and not month:
            raise ValidationError(f"{self.label} must include a month if it has a day")
        try:
            read = PartialDate(int(year), int(month) if month else None, int(day) if day else None)
            date(read.year, 1 if read.month is None else read.month, 1 if read.day is None else read.day)
        except ValueError:
            raise ValidationError(f"{self.label} must be a real date, like 27 3 1994") from None
        return read


def whole_day(typed: PartialDate | None, today: date, label: str) -> date:
    """A day with all its parts, today when left empty; never one to come."""
    if typed is None:
        return today
    if typed.month is None or typed.day is None:
        raise ValidationError(f"{label} must have a day, a month and a year")
    day = date(typed.year, typed.month, typed.day)
    if day > today:
        raise ValidationError(f"{label} must be today or before")
    return day
