"""A harvester's request: its arguments read and refused as the protocol says."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.http import QueryDict

from catalogue.exports.text import xml_safe
from catalogue.oai.errors import OaiError, bad_argument, bad_token

PREFIX = "oai_dc"
LONGEST = 1000  # of an argument
# verb → its required and its optional arguments; resumptionToken stands alone.
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
LISTS = ("ListIdentifiers", "ListRecords")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SALT = "catalogue.oai"
STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Selection:
    """What a list is of, and where in it to go on: after which key, of which half.

    Published records come first, then withdrawn ones. `since` and `before` are the first moment
    asked for and the first one no longer asked for; `seen` counts what was given already.
    """

    since: datetime | None = None
    before: datetime | None = None
    family: str = ""
    withdrawn: bool = False
    after: int = 0
    seen: int = 0
    total: int = 0


def arguments_of(sent: QueryDict) -> dict[str, str]:
    """Return verb and arguments, each once. Raises OaiError."""
    for name, values in sent.lists():
        if len(values) > 1 and name != "verb":
            raise bad_argument("An argument stands there more than once.")
        if any(len(value) > LONGEST or xml_safe(value) != value for value in values):
            raise bad_argument("An argument is too long or has characters that XML has not.")
    arguments = {name: values[0] for name, values in sent.lists()}
    if len(sent.getlist("verb")) != 1 or arguments["verb"] not in VERBS:
        raise OaiError("badVerb", f"The verb is one of {', '.join(VERBS)}.")
    _check_names(arguments["verb"], set(arguments) - {"verb"})
    return arguments


def _check_names(verb: str, names: set[str]) -> None:
    required, optional = VERBS[verb]
    if verb in LISTS and "resumptionToken" in names:
        if names != {"resumptionToken"}:
            raise bad_argument("A resumption token stands alone.")
        return
    if not required <= names:
        raise bad_argument(f"{verb} needs {', '.join(sorted(required - names))}.")
    if names - required - optional:
        raise bad_argument(f"{verb} knows no such argument.")


def check_prefix(arguments: dict[str, str]) -> None:
    """Refuse a format that records are not given in. Raises OaiError."""
    if arguments["metadataPrefix"] != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are given as {PREFIX} only.")


def selection_of(arguments: dict[str, str]) -> Selection:
    """Return what a list request asks for, anew or by its token. Raises OaiError."""
    if "resumptionToken" in arguments:
        return _read_token(arguments["verb"], arguments["resumptionToken"])
    check_prefix(arguments)
    since, until = arguments.get("from", ""), arguments.get("until", "")
    if since and until and len(since) != len(until):
        raise bad_argument("`from` and `until` are both days or both seconds.")
    first = _moment(since)[0] if since else None
    before = _moment(until)[1] if until else None
    if first and before and first >= before:
        raise bad_argument("`from` is later than `until`.")
    return Selection(since=first, before=before, family=arguments.get("set", ""))


def _moment(text: str) -> tuple[datetime, datetime]:
    """Return the beginning of a day or second, and that of the next one. Raises OaiError."""
    for shape, form, length in (
        (_DAY, "%Y-%m-%d", timedelta(days=1)),
        (_SECOND, STAMP, timedelta(seconds=1)),
    ):
        # fullmatch knows digits of all scripts, so the text must also be plain.
        if shape.fullmatch(text) and text.isascii():
            try:
                first = datetime.strptime(text, form).replace(tzinfo=UTC)
                return first, first + length
            except (ValueError, OverflowError) as error:
                raise bad_argument("There is no such day or time.") from error
    raise bad_argument("A date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def token_of(verb: str, selection: Selection) -> str:
    """Return a token that says where to go on; it is signed, so nothing need be kept for it."""
    return signing.dumps(
        [
            verb,
            selection.since and selection.since.timestamp(),
            selection.before and selection.before.timestamp(),
            selection.family,
            selection.withdrawn,
            selection.after,
            selection.seen,
            selection.total,
        ],
        salt=_SALT,
    )


def _read_token(verb: str, token: str) -> Selection:
    try:
        of_verb, since, before, *rest = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError) as error:
        raise bad_token() from error
    if of_verb != verb:
        raise bad_token()
    return Selection(_at(since), _at(before), *rest)


def _at(timestamp: float | None) -> datetime | None:
    return None if timestamp is None else datetime.fromtimestamp(timestamp, UTC)
