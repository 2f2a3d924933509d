"""Decisions of the register as an office takes them: every step by somebody else."""

from catalogue.decisions import Decision
from catalogue.services import decisions
from catalogue.services.decisions import Record
from tests.factories.people import PersonFactory


def decided(record: Record, *steps: str, reason: str = "Kiểm tra lại") -> Record:
    """Take some steps with a record, each by another person."""
    for step in steps:
        record = decisions.decide(
            record=record, decision=Decision(step), reason=reason, person=PersonFactory()
        )
    return record
