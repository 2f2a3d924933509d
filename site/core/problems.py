"""Problem documents (RFC 9457): how machines are told what went wrong."""

from django.http import JsonResponse


def problem(status: int, title: str, **more) -> JsonResponse:
    """Return a problem document."""
    body = {"type": "about:blank", "title": title, "status": status, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")
