"""Say how well the search engine in use answers the texts of files of judged searches."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import relevance
from search.engines.base import SearchError

FOLDER = Path("tests") / "search"  # beside the code, not in a deployment
# The second tells whether what was learnt from the first holds for searches nobody tuned by.
FILES = ("relevance.yaml", "relevance_held_out.yaml")


class Command(BaseCommand):
    help = (
        "Print the mean reciprocal rank of judged searches (1 is perfect), of each sort of them, "
        "and every search whose first hit is not the one asked for."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            type=Path,
            help=f"judged searches; {' and '.join(FILES)} of {FOLDER} unless named",
        )
        parser.add_argument(
            "--least", type=float, default=0.0, help="fail when the mean is smaller than this"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / FOLDER
        files = [options["file"]] if options["file"] else [folder / name for name in FILES]
        means = [self._measure(file) for file in files]
        if min(means) < options["least"]:
            least = options["least"]
            raise CommandError(f"MRR is {min(means):.3f}, at least {least} was asked for")

    def _measure(self, file: Path) -> float:
        """Print what is to be said of one file; return the mean."""
        try:
            answered = list(relevance.answers(relevance.load(file)))
        except (relevance.NotJudged, SearchError) as error:
            raise CommandError(str(error)) from error
        for answer in answered:
            if answer.rank != 1:
                self.stdout.write(_line(answer))
        for why, mean in relevance.mean_by_reason(answered).items():
            self.stdout.write(f"{mean:.3f}  {why}")
        mean = relevance.mean(answered)
        count = f"{len(answered)} searches of {file.name}"
        self.stdout.write(self.style.SUCCESS(f"{mean:.3f}  MRR of {count}"))
        return mean


def _line(answer: relevance.Answer) -> str:
    found = answer.found[0] if answer.found else "nothing"
    place = f"at {answer.rank}" if answer.rank else "not found"
    wanted = ", ".join(answer.judged.first)
    return f"{answer.judged.q!r} ({answer.judged.why}): {found} before {wanted}, {place}"
