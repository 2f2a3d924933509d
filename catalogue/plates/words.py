"""The plate in words: the text alternative, from the same record in the reader's language."""

from collections.abc import Sequence


def describe(facts: Sequence[tuple[str, Sequence[str]]], *, name: str = "") -> str:
    """Return one sentence list: "name. question: answer, answer; question: answer."

    Question and answer labels come in the reader's language; questions without an answer are
    left out. Without any answer only the name is left.
    """
    said = "; ".join(
        f"{question}: {', '.join(given)}"
        for question, answers in facts
        if (given := [answer for answer in answers if answer])
    )
    sentences = [text for text in (name.rstrip("."), said) if text]
    return f"{'. '.join(sentences)}." if sentences else ""
