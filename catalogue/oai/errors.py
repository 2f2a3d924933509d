"""What the protocol calls errors: an answer like any other, with a code."""


class OaiError(Exception):
    """A request that the protocol has a word of refusal for."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


def bad_argument(message: str) -> OaiError:
    return OaiError("badArgument", message)


def bad_token() -> OaiError:
    return OaiError("badResumptionToken", "The resumption token is not one of ours.")


def unknown_id() -> OaiError:
    return OaiError("idDoesNotExist", "There is no record of this identifier.")
