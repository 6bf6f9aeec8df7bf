"""What is asked for a key."""

from django import forms

from alongside.foundation.kit.forms import PageForm
from alongside.register.programs.codes import Lasts, Reads


class KeyForm(PageForm):
    name = forms.CharField(
        label="Which program is it for?",
        max_length=60,
        help_text="Like: Rota screen in the office",
        error_messages={"required": "Enter the name of the program"},
    )
    reads = forms.MultipleChoiceField(
        label="What may it read?",
        choices=Reads.choices(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what it may read"},
    )
    lasts = forms.ChoiceField(
        label="For how long?", choices=Lasts.choices(), widget=forms.RadioSelect, initial=Lasts.QUARTER
    )
