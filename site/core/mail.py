"""Sending mail by a server that may be away or refuse for now."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend


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


def is_refused_for_now(error: OSError) -> bool:
    """Return whether the mail server took nothing and asks to be tried again."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(400 <= code < 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and 400 <= error.smtp_code < 500
