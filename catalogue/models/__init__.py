"""Everything the museum keeps, by noun; import the models from here."""

from catalogue.models.knowledge import (
    Community,
    CommunityMember,
    CommunityText,
    Consent,
    KnowledgeRecord,
    KnowledgeText,
)
from catalogue.models.pages import HomePage, StoryPage
from catalogue.models.places import Commune, Province
from catalogue.models.programmes import Programme, Target
from catalogue.models.registers import Certificate, Establishment, GrowingArea
from catalogue.models.species import (
    LookAlike,
    Reference,
    Species,
    SpeciesText,
    Synonym,
    VernacularName,
)
from catalogue.models.vocabulary import (
    Family,
    FamilyLabel,
    Part,
    PartLabel,
    StrategicGroup,
    StrategicGroupLabel,
)

__all__ = [
    "Certificate",
    "Commune",
    "Community",
    "CommunityMember",
    "CommunityText",
    "Consent",
    "Establishment",
    "Family",
    "FamilyLabel",
    "GrowingArea",
    "HomePage",
    "KnowledgeRecord",
    "KnowledgeText",
    "LookAlike",
    "Part",
    "PartLabel",
    "Programme",
    "Province",
    "Reference",
    "Species",
    "SpeciesText",
    "StoryPage",
    "StrategicGroup",
    "StrategicGroupLabel",
    "Synonym",
    "Target",
    "VernacularName",
]
