"""Writing down later what a contact did not say."""

from alongside.casework.contacts.codes import Staying, Topic
from alongside.casework.contacts.models import Contact
from alongside.casework.contacts.rules.matters import as_text, of_text
from alongside.foundation.gate.actor import Actor
from alongside.foundation.gate.changes import action
from alongside.foundation.vault.seal import Place
from alongside.register.people.remarks import remark, sealed_remark


@action("contacts.change", Contact)
def fill_in(actor: Actor, *, contact: Contact, staying: Staying | None = None, topic: Topic | None = None) -> bool:
    """Say where she stayed, or what was spoken about, where the contact says nothing. False where it says so already.

    What was told is never overwritten; that it was told later stands in the trail.
    """
    place = Place("contacts_contact", contact.pk, "matters")
    matters = of_text(remark(contact.agency_id, place, contact.matters))
    told = [
        *(["staying"] if staying and not contact.staying else []),
        *(["matters"] if topic and not matters.topics else []),
    ]
    if not told or contact.withdrawn_at is not None:
        return False
    if "staying" in told and staying:
        contact.staying = staying.value
    if "matters" in told and topic:
        contact.matters = sealed_remark(contact.agency_id, place, as_text([topic.value], matters.worry))
    contact.save(update_fields=told)
    return True
