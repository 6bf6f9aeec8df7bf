"""The Content-Security-Policy, for django-csp: nothing but our own files, nothing inline, no HTML written by scripts.

`trusted-types` names the policy of `frontend/js/fragment.js`, and that by which the phone starts its service worker.
Control E1.
"""

from typing import Any

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "require-trusted-types-for": ["'script'"],
        "manifest-src": ["'self'"],
        "trusted-types": ["alongside", "alongside-phone"],
    },
}
