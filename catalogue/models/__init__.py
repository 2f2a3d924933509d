"""Everything the museum keeps, by noun; import the models from here."""

from catalogue.models.amendments import AreaAmendment, CertificateAmendment
from catalogue.models.areas import GrowingArea
from catalogue.models.audits import Audit, AuditFinding, AuditPart
from catalogue.models.certificates import Certificate
from catalogue.models.codes import AreaCode
from catalogue.models.days import FollowedDay
from catalogue.models.decisions import AreaDecision, CertificateDecision
from catalogue.models.development import Facility, LinkageChain, Project
from catalogue.models.establishments import Establishment
from catalogue.models.facts import (
    ConservationStatus,
    Distribution,
    Figure,
    LookAlike,
    Marker,
    Preparation,
    Season,
)
from catalogue.models.glossary import GlossaryEntry, GlossaryText
from catalogue.models.holders import Household, ResponsiblePerson
from catalogue.models.indications import NameLicence, ProtectedName
from catalogue.models.knowledge import (
    Community,
    CommunityMember,
    CommunityText,
    Consent,
    KnowledgeRecord,
    KnowledgeText,
)
from catalogue.models.names import Synonym, VernacularName
from catalogue.models.ocop import OcopProduct
from catalogue.models.pages import HomePage, StoryPage
from catalogue.models.places import Commune, Province
from catalogue.models.plots import Plot
from catalogue.models.programmes import Programme, Target
from catalogue.models.references import Reference
from catalogue.models.species import Species, WithdrawnSpecies
from catalogue.models.texts import SpeciesText
from catalogue.models.traits import (
    SpeciesTrait,
    Trait,
    TraitLabel,
    TraitState,
    TraitStateLabel,
)
from catalogue.models.vocabulary import (
    Compound,
    CompoundLabel,
    Family,
    FamilyLabel,
    HigherTaxon,
    HigherTaxonLabel,
    Language,
    LanguageLabel,
    Part,
    PartLabel,
    PreparationForm,
    PreparationFormLabel,
    StrategicGroup,
    StrategicGroupLabel,
)
from catalogue.models.yields import YieldLimit

__all__ = [
    "AreaAmendment",
    "AreaCode",
    "AreaDecision",
    "Audit",
    "AuditFinding",
    "AuditPart",
    "Certificate",
    "CertificateAmendment",
    "CertificateDecision",
    "Commune",
    "Community",
    "CommunityMember",
    "CommunityText",
    "Compound",
    "CompoundLabel",
    "Consent",
    "ConservationStatus",
    "Distribution",
    "Establishment",
    "Facility",
    "Family",
    "FamilyLabel",
    "Figure",
    "FollowedDay",
    "GlossaryEntry",
    "GlossaryText",
    "GrowingArea",
    "HigherTaxon",
    "HigherTaxonLabel",
    "HomePage",
    "Household",
    "KnowledgeRecord",
    "KnowledgeText",
    "Language",
    "LanguageLabel",
    "LinkageChain",
    "LookAlike",
    "Marker",
    "NameLicence",
    "OcopProduct",
    "Part",
    "PartLabel",
    "Plot",
    "Preparation",
    "PreparationForm",
    "PreparationFormLabel",
    "Programme",
    "Project",
    "ProtectedName",
    "Province",
    "Reference",
    "ResponsiblePerson",
    "Season",
    "Species",
    "SpeciesText",
    "SpeciesTrait",
    "StoryPage",
    "StrategicGroup",
    "StrategicGroupLabel",
    "Synonym",
    "Target",
    "Trait",
    "TraitLabel",
    "TraitState",
    "TraitStateLabel",
    "VernacularName",
    "WithdrawnSpecies",
    "YieldLimit",
]
