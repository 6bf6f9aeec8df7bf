"""Writing down later what a contact did not say."""

from alongside.casework.contacts.codes import Staying, Topic
from alongside.casework.contacts.models import Contact
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action


@action("contacts.change", Contact)
def fill_in(actor: Actor, *, contact: Contact, staying: Staying | None = None, topic: Topic | None = None) -> bool:
    """Say where she stayed, or what was spoken about, where the contact says nothing. False where it says so already.

    What was told is never overwritten; that it was told later stands in the trail.
    """
    missing = {
        "staying": staying.value if staying and not contact.staying else None,
        "topics": [topic.value] if topic and not contact.topics else None,
    }
    told = {name: value for name, value in missing.items() if value}
    if not told or contact.withdrawn_at is not None:
        return False
    for name, value in told.items():
        setattr(contact, name, value)
    contact.save(update_fields=list(told))
    return True
