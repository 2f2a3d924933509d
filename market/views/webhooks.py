"""Where the payment service tells us what happened."""

import logging

from django.db import OperationalError
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from market import gateways
from market.services import payments

logger = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def stripe(request):
    """Verify an event and apply it once. 400 for a bad signature, 503 to be asked again."""
    try:
        event = gateways.gateway().read_event(
            payload=request.body, signature=request.headers.get("Stripe-Signature", "")
        )
    except gateways.BadSignature:
        return HttpResponse("bad signature", status=400, content_type="text/plain")
    try:
        payments.process(event)
    except OperationalError:
        logger.exception("event %s could not be applied now", event.id)
        return HttpResponse(status=503)
    return HttpResponse(status=200)
