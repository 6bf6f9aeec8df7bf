"""Secrets of the installation itself (second factors, clients of sign-in services): no woman's, and of no agency's key.

They lie in the database under a key that lies beside it in a file (`config/machine.py`), so that a stolen database
tells none of them.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

__all__ = ["InvalidToken", "opened", "sealed"]


def sealed(text: str, key: str) -> str:
    return _cipher(key).encrypt(text.encode()).decode()


def opened(text: str, key: str) -> str:
    """Raises InvalidToken when it was sealed under another key, or was changed."""
    return _cipher(key).decrypt(text.encode()).decode()


def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
