"""The form of a species record, grouped as a curator thinks, and its list."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from catalogue.admin.form import Chips, SpeciesForm, Ticks
from catalogue.admin.listing import SpeciesFilterSet, SpeciesIndexView, by_any_name, columns
from catalogue.admin.rows import NameForm, RecordChooser, RowsPanel
from catalogue.admin.searching import FoundChooserViewSet
from catalogue.admin.traits import TraitsPanel
from catalogue.models import Commune, Reference, Species


def source() -> list[FieldPanel]:
    """Return the fields that say where a fact was read."""
    return [FieldPanel("source", widget=RecordChooser(model=Reference)), FieldPanel("locator")]


def commune() -> FieldPanel:
    return FieldPanel("commune", widget=RecordChooser(model=Commune))


def choice(name: str) -> FieldPanel:
    """Return a field for a word of a small vocabulary."""
    return FieldPanel(name, widget=forms.Select())


def month(name: str) -> FieldPanel:
    return FieldPanel(name, widget=forms.Select(choices=[("", "–"), *MONTHS.items()]))


NAMES = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("scientific_name"), FieldPanel("authorship")]),
            FieldRowPanel([FieldPanel("rank"), choice("family")]),
        ],
        heading=_("Accepted name"),
        help_text=_("The name is read as botanists write it; it is questioned, never changed."),
    ),
    RowsPanel(
        "names",
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("language"), FieldPanel("kind")]),
            FieldRowPanel([*source(), commune()]),
            FieldRowPanel([FieldPanel("spoken_as"), FieldPanel("giver"), choice("recording")]),
        ],
        row_form=NameForm,
        heading=_("Names people use"),
        label=_("Name"),
        help_text=_("The first name of a language is the preferred one."),
    ),
    RowsPanel(
        "synonyms",
        [FieldRowPanel([FieldPanel("name"), FieldPanel("authorship"), FieldPanel("kind")])],
        heading=_("Synonyms"),
        label=_("Synonym"),
        help_text=_("Other scientific names under which people look for the species."),
    ),
]
LOOKS = [
    TraitsPanel(
        "trait_states",
        heading=_("Traits"),
        help_text=_(
            "Tick what is true of the plant. Where it varies, tick each answer that is met: the "
            "identification key then keeps the species for all of them."
        ),
    ),
    RowsPanel(
        "figures",
        [
            FieldRowPanel([FieldPanel("image"), FieldPanel("document")]),
            FieldRowPanel([choice("file"), choice("part")]),
        ],
        heading=_("Images, recordings and documents"),
        label=_("Figure"),
        help_text=_("Choose one file in each row. The first photograph replaces the drawn plate."),
    ),
]
TEXTS = [
    HelpPanel(
        content=_(
            "Write the Vietnamese text first; a translation is called stale when the Vietnamese "
            "words change without it. Cite works as [^code] or [^code:page]. Promise no cure and "
            "give no dose."
        ),
    ),
    InlinePanel(
        "texts",
        [
            FieldPanel("language"),
            FieldPanel("description"),
            FieldPanel("cautions"),
            FieldPanel("contraindications"),
            FieldPanel("uses"),
            FieldPanel("habitat"),
            FieldPanel("look_alikes"),
        ],
        heading=_("Texts"),
        label=_("Text in one language"),
    ),
]
USE = [
    FieldPanel("parts", widget=Chips),
    RowsPanel(
        "preparations",
        [FieldRowPanel([choice("part"), choice("form"), *source()])],
        heading=_("Preparations"),
        label=_("Preparation"),
        help_text=_("In which form a part is prepared or sold, as a work says it."),
    ),
    RowsPanel(
        "markers",
        [
            FieldRowPanel([choice("part"), choice("compound"), *source()]),
            FieldRowPanel(
                [FieldPanel("bound"), FieldPanel("limit"), FieldPanel("unit"), FieldPanel("basis")]
            ),
            FieldRowPanel([FieldPanel("edition"), FieldPanel("method")]),
        ],
        heading=_("Compounds"),
        label=_("Compound"),
        help_text=_(
            "Write a limit only when you have read it in print, with its edition; leave it empty "
            "when you know no more than that the compound is there."
        ),
    ),
    RowsPanel(
        "seasons",
        [
            FieldRowPanel(
                [FieldPanel("kind"), choice("part"), month("first_month"), month("last_month")]
            ),
            FieldRowPanel(source()),
        ],
        heading=_("Seasons"),
        label=_("Season"),
        help_text=_("November to February is written so: a season may run over the new year."),
    ),
    FieldPanel("groups", widget=Chips),
]
PLACES = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("elevation_min_m"), FieldPanel("elevation_max_m")]),
            FieldRowPanel([FieldPanel("trade"), FieldPanel("is_toxic")]),
        ],
        heading=_("Elevation, trade and poison"),
    ),
    RowsPanel(
        "conservation",
        [
            FieldRowPanel([FieldPanel("authority"), FieldPanel("edition"), FieldPanel("scope")]),
            FieldRowPanel([FieldPanel("category"), FieldPanel("criteria"), FieldPanel("year")]),
            FieldRowPanel([*source(), FieldPanel("name_as_assessed")]),
        ],
        heading=_("Conservation status"),
        label=_("Status"),
        help_text=_(
            "One row for each authority and edition. When one of them calls the species "
            "threatened, the public is told its provinces and no commune."
        ),
    ),
    RowsPanel(
        "distribution",
        [
            FieldRowPanel([choice("province"), commune(), FieldPanel("area_code")]),
            FieldRowPanel([FieldPanel("status"), FieldPanel("means"), *source()]),
        ],
        heading=_("Distribution"),
        label=_("Place"),
        help_text=_(
            "A province, a commune in it, or an area of the world outside Vietnam; one in each row."
        ),
    ),
]
LOOK_ALIKES = [
    RowsPanel(
        "look_alikes",
        [
            FieldRowPanel(
                [
                    FieldPanel("other", widget=RecordChooser(model=Species)),
                    FieldPanel("vernacular"),
                    FieldPanel("is_toxic"),
                ]
            ),
            FieldRowPanel([FieldPanel("scientific_name"), FieldPanel("authorship")]),
        ],
        heading=_("Look-alikes"),
        label=_("Look-alike"),
        help_text=_(
            "Plants that are taken for this one. How to tell them apart is written in the texts."
        ),
    ),
]
SOURCES = [FieldPanel("references", widget=Ticks)]
RECORD = [
    FieldPanel("slug"),
    FieldPanel("is_demonstration"),
    PublishingPanel(),
]


class Tab(ObjectList):
    """A tab whose address is the same in each language, so that a link can open it."""

    def __init__(self, *args, name: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name

    def clone_kwargs(self):
        return super().clone_kwargs() | {"name": self.name}

    @property
    def clean_name(self):
        return self.name


class SpeciesViewSet(SnippetViewSet):
    model = Species
    icon = "doc-full"
    index_view_class = SpeciesIndexView
    chooser_viewset_class = FoundChooserViewSet
    filterset_class = SpeciesFilterSet
    list_display = columns()
    list_per_page = 50
    search_fields = ["scientific_name"]  # Wagtail asks whether there are any; see found()
    edit_handler = TabbedInterface(
        [
            Tab(NAMES, heading=_("Names"), name="names"),
            Tab(LOOKS, heading=_("What it looks like"), name="looks"),
            Tab(TEXTS, heading=_("Texts"), name="texts"),
            Tab(USE, heading=_("Use"), name="use"),
            Tab(PLACES, heading=_("Where and protection"), name="places"),
            Tab(LOOK_ALIKES, heading=_("Look-alikes"), name="look_alikes"),
            Tab(SOURCES, heading=_("Sources"), name="sources"),
            Tab(RECORD, heading=_("Record"), name="record"),
        ],
        base_form_class=SpeciesForm,
    )

    def found(self, queryset, text):
        return by_any_name(queryset, text)
