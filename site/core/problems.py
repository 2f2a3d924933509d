"""Problem documents (RFC 9457): how machines are told what went wrong."""

from django.forms import Form
from django.http import JsonResponse


def problem(status: int, title: str, **more) -> JsonResponse:
    """Return a problem document."""
    body = {"type": "about:blank", "title": title, "status": status, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def unreadable(form: Form) -> JsonResponse:
    """Return the problem that a query string cannot be read, with what is wrong in each field."""
    return problem(400, "The query cannot be read", errors=form.errors.get_json_data())
