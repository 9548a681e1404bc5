"""Where the demo event and its console are, for whoever prints it."""

import hashlib
import hmac

from server.settings import Settings


def paths(settings: Settings) -> tuple[str, str]:
    """The paths of the demo event and of its console."""
    return "/demo", f"/demo/console/{console_key(settings.secret)}"


def console_key(secret: str) -> str:
    """The last part of the console's address: whoever started the server knows the secret it is made of."""
    return hmac.new(secret.encode(), b"the console of the demo event", hashlib.sha256).hexdigest()[:32]
