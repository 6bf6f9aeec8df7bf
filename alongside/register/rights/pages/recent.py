"""Before an emergency look: is it still she, with her second factor, lately?"""

import time
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from alongside.register.agencies.passkeys import entered_demo

LATELY = 60 * 60  # seconds; as for reading identities (control A5)
PROOFS = "account_authentication_methods"  # allauth keeps how and when she proved that it is she


def confirm_it_is_she(request: HttpRequest) -> HttpResponse | None:
    """The way to prove it again, unless a passkey or code of the last hour did. In the demo nobody has one."""
    if entered_demo(request):
        return None
    since = time.time() - LATELY
    proofs = request.session.get(PROOFS, ())
    if any(each.get("method") == "mfa" and each.get("at", 0) >= since for each in proofs):
        return None
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
