"""What an empty installation needs once: roles with their permissions, and the first pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)

from catalogue.models import HomePage, StoryPage
from core import roles
from herbarium.first_pages import ABOUT, HOME

EDIT = ("add", "change", "delete", "view")
LOOK = ("view",)

# role → {app: {model: actions}}
MODEL_PERMISSIONS = {
    roles.CURATOR: {
        "catalogue": {
            "species": (*EDIT, "publish", "lock", "unlock"),
            "reference": EDIT,
            "family": EDIT,
            "part": EDIT,
            "strategicgroup": EDIT,
        },
        "media": {"mediafile": EDIT},
    },
    roles.MARKET_STAFF: {
        "catalogue": {"establishment": EDIT, "growingarea": EDIT, "certificate": EDIT},
        "market": {
            "seller": EDIT,
            "sellermember": EDIT,
            "buyer": EDIT,
            "lot": LOOK,
            "order": LOOK,
            "payment": LOOK,
            "lotmovement": LOOK,
        },
    },
}
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
FILE_MODELS = {
    "wagtailimages": "image",
    "wagtaildocs": "document",
}  # Wagtail asks about its own models


@transaction.atomic
def set_up() -> None:
    """Make roles and first pages; what an administrator changed since stays as it is."""
    home = set_up_pages()
    for role, apps in MODEL_PERMISSIONS.items():
        group, is_new = Group.objects.get_or_create(name=role)
        if is_new:
            group.permissions.set(_permissions(apps))
            if role == roles.CURATOR:
                _let_edit_pages_and_files(group, home)


def _permissions(apps: dict[str, dict[str, tuple]]) -> list[Permission]:
    wanted = {
        (app, f"{action}_{model}")
        for app, models in apps.items()
        for model, actions in models.items()
        for action in actions
    } | {("wagtailadmin", "access_admin")}
    return [
        permission
        for permission in Permission.objects.select_related("content_type")
        if (permission.content_type.app_label, permission.codename) in wanted
    ]


def _let_edit_pages_and_files(group: Group, home: Page) -> None:
    for codename in PAGE_PERMISSIONS:
        GroupPagePermission.objects.create(
            group=group, page=home.get_parent(), permission=_permission("wagtailcore", codename)
        )
    root = Collection.get_first_root_node()
    for app, model in FILE_MODELS.items():
        for action in ("add", "change", "choose"):
            GroupCollectionPermission.objects.create(
                group=group, collection=root, permission=_permission(app, f"{action}_{model}")
            )


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def set_up_pages() -> Page:
    """Make the home page and the page about the museum in each language; return the first home."""
    root = Page.get_first_root_node()
    locales = {
        language: Locale.objects.get_or_create(language_code=language)[0] for language in HOME
    }
    first = HomePage.objects.filter(locale=locales["vi"]).first()
    if first:
        return first
    root.get_children().filter(slug="home").delete()  # the page Wagtail makes to say welcome
    root = Page.get_first_root_node()
    originals: dict[type, Page] = {}
    for language, locale in locales.items():
        home = _add(root, HomePage, HOME[language], locale, originals)
        _add(home, StoryPage, ABOUT[language], locale, originals)
    address = urlsplit(settings.BASE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": address.port or {"https": 443}.get(address.scheme, 80),
            "root_page": originals[HomePage],
            "site_name": "Hoàng Liên",
        },
    )
    return originals[HomePage]


def _add(parent: Page, model: type[Page], words: dict, locale: Locale, originals: dict) -> Page:
    """Add a page; the later languages are translations of the first."""
    original = originals.get(model)
    page = model(locale=locale, **words)
    if original:
        page.translation_key = original.translation_key
    originals.setdefault(model, page)
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page
