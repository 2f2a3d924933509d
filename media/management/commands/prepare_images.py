"""Puts down the work for images whose renditions and tiles are missing."""

from django.core.management.base import BaseCommand

from media.models import MuseumImage
from media.tasks import prepare_image


class Command(BaseCommand):
    help = "Let the worker make the renditions and tiles that are missing; safe to run twice."

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="Look at every image, not only at those never made."
        )

    def handle(self, *args, **options):
        images = MuseumImage.objects.order_by("pk")
        if not options["all"]:
            images = images.filter(made_from="")
        pks = list(images.values_list("pk", flat=True))
        for pk in pks:
            prepare_image.enqueue(pk)
        self.stdout.write(f"{len(pks)} images are put down for the worker")
