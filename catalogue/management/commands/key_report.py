"""Tells how well the identification key works, by identifying every species with it."""

from django.core.management.base import BaseCommand
from django.utils.translation import override

from catalogue.identification import key_of, questions
from catalogue.key import isolation
from catalogue.models import Species, Trait


class Command(BaseCommand):
    help = (
        "Identify each published species by answering the best question truthfully each time, and "
        "print how many answers it takes. A species that varies is identified in every way its "
        "answers allow: the average holds them equally likely, the worst is the longest of them. A "
        "question to which a species has no answer is skipped and not counted."
    )

    def handle(self, *args, **options):
        visible = Species.objects.visible_to(None)
        with override("en"):
            traits = questions()
        key = key_of(visible, traits)
        slugs = dict(visible.values_list("pk", "slug"))
        names = [slugs[pk] for pk in key.matrix.species]
        found = {name: isolation(key, 1 << place) for place, name in enumerate(names)}
        self.stdout.write(f"{'species':32} {'average':>8} {'worst':>6}  left beside it")
        for name, one in sorted(found.items(), key=lambda pair: (-pair[1].average, pair[0])):
            beside = ", ".join(_named(names, one.companions))
            self.stdout.write(f"{name:32} {one.average:8.2f} {one.worst:6}  {beside}".rstrip())
        self._sum_up(found)
        self._explain_pairs(names, found, traits)

    def _sum_up(self, found):
        many = len(found)
        if not many:
            self.stdout.write("There is no published species.")
            return
        average = sum(one.average for one in found.values()) / many
        self.stdout.write(
            f"{many} species, {average:.2f} answers on average, "
            f"{max(one.worst for one in found.values())} at worst; "
            f"{sum(one.certainty > 0 for one in found.values())} can be isolated, "
            f"{sum(not one.companions for one in found.values())} always are."
        )

    def _explain_pairs(self, names, found, traits):
        """Say of each pair that may stay together how far each trait goes in telling it apart."""
        pairs = {
            tuple(sorted((name, other)))
            for name, one in found.items()
            for other in _named(names, one.companions)
        }
        for pair in sorted(pairs):
            self.stdout.write(f"{' / '.join(pair)} may stay together. They differ in part in:")
            for trait in traits:
                a, b = (_answers(trait, slug) for slug in pair)
                if a != b:
                    self.stdout.write(f"  {trait.code}: {_listed(a)} / {_listed(b)}")


def _named(names: list[str], chosen: int) -> list[str]:
    return [name for place, name in enumerate(names) if chosen >> place & 1]


def _answers(trait: Trait, slug: str) -> list[str]:
    rows = trait.states.filter(species__species__slug=slug)
    return list(rows.values_list("code", flat=True))


def _listed(answers: list[str]) -> str:
    return ", ".join(answers) or "not recorded"
