"""People for tests."""

from django.contrib.auth import get_user_model

import factory
from factory.django import DjangoModelFactory


class PersonFactory(DjangoModelFactory):
    """Somebody with an account; the password is "pass-2026-word"."""

    username = factory.Sequence(lambda n: f"person{n}@example.org")
    email = factory.SelfAttribute("username")
    password = factory.django.Password("pass-2026-word")

    class Meta:
        model = get_user_model()
