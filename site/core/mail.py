"""Sending mail by a server that may be away or refuse for now."""

import logging
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


class ServerAway(Exception):
    """The mail server cannot be reached."""


@contextmanager
def connected() -> Iterator[BaseEmailBackend]:
    """Give an open connection to the mail server. Raises ServerAway."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        raise ServerAway(str(error)) from error
    try:
        yield connection
    finally:
        connection.close()


def deliver(
    connection: BaseEmailBackend,
    what: str,
    *,
    write: Callable[[], EmailMessage],
    give_back: Callable[[], None],
) -> bool:
    """Write and send a mail whose content was claimed for it; return whether it went out.

    `give_back` is called when it certainly did not and may be tried again. `what` names the mail
    in the log.
    """
    try:
        mail = write()
    except Exception:
        # One mail that cannot be written must not keep the others waiting.
        logger.exception("Could not write the mail %s", what)
        give_back()
        return False
    mail.connection = connection
    try:
        mail.send()
    except OSError as error:
        if _is_refused_for_now(error):
            give_back()
        # Else nobody knows whether it went out, or it never will: it is not sent again.
        logger.exception("The mail %s did not go out", what)
        return False
    return True


def _is_refused_for_now(error: OSError) -> bool:
    """Return whether the mail server took nothing and asks to be tried again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500
