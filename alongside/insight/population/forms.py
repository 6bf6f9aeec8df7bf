"""Which picture to show or to count: a period in days, or the number of one that was given."""

from django import forms
from django.http import QueryDict

from alongside.insight.population.periods import Period


class Choice(forms.Form):
    """Read from the address, where it may be anything: what makes no sense counts as not chosen."""

    since = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    given = forms.IntegerField(required=False, min_value=1, max_value=9999)


def chosen(given: QueryDict) -> tuple[Period | None, int | None]:
    form = Choice(given)
    form.is_valid()
    since, until = form.cleaned_data.get("since"), form.cleaned_data.get("until")
    period = Period(since, until) if since and until and since <= until else None
    return period, form.cleaned_data.get("given")
