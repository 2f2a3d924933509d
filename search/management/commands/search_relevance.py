"""Say how well the search engine in use answers the texts of a file of judged searches."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import relevance
from search.engines.base import SearchError

FILE = Path("tests") / "search" / "relevance.yaml"  # beside the code, not in a deployment


class Command(BaseCommand):
    help = (
        "Print the mean reciprocal rank of judged searches (1 is perfect), of each sort of them, "
        "and every search whose first hit is not the one asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            type=Path,
            default=Path(settings.BASE_DIR) / FILE,
            help=f"judged searches; {FILE} unless named",
        )
        parser.add_argument(
            "--least", type=float, default=0.0, help="fail when the mean is smaller than this"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answered = list(relevance.answers(relevance.load(options["file"])))
        except (relevance.NotJudged, SearchError) as error:
            raise CommandError(str(error)) from error
        for answer in answered:
            if answer.rank != 1:
                self.stdout.write(_line(answer))
        for why, mean in relevance.mean_by_reason(answered).items():
            self.stdout.write(f"{mean:.3f}  {why}")
        mean = relevance.mean(answered)
        self.stdout.write(self.style.SUCCESS(f"{mean:.3f}  MRR of {len(answered)} searches"))
        if mean < options["least"]:
            raise CommandError(f"MRR is {mean:.3f}, at least {options['least']} was asked for")


def _line(answer: relevance.Answer) -> str:
    found = answer.found[0] if answer.found else "nothing"
    place = f"at {answer.rank}" if answer.rank else "not found"
    wanted = ", ".join(answer.judged.first)
    return f"{answer.judged.q!r} ({answer.judged.why}): {found} before {wanted}, {place}"
