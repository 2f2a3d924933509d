"""What an empty installation needs once: roles with their permissions, and the first pages."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from catalogue.models import HomePage, Species, StoryPage
from core import roles
from herbarium.first_pages import ABOUT, HOME

EDIT = ("add", "change", "delete", "view")
WRITE = ("add", "change", "view")
LOOK = ("view",)

VOCABULARIES = (
    "compound",
    "family",
    "highertaxon",
    "language",
    "part",
    "preparationform",
    "strategicgroup",
    "trait",
)

# role → {app: {model: actions}}
MODEL_PERMISSIONS = {
    roles.CURATOR: {
        "catalogue": {
            "species": (*EDIT, "publish", "lock", "unlock"),
            "reference": EDIT,
            "glossaryentry": EDIT,
            "commune": LOOK,
            **dict.fromkeys(VOCABULARIES, EDIT),
        },
        "media": {"mediafile": EDIT},
    },
    roles.EDITOR: {
        "catalogue": {
            "species": WRITE,
            "reference": WRITE,
            "glossaryentry": WRITE,
            "commune": LOOK,
            **dict.fromkeys(VOCABULARIES, LOOK),
        },
        "media": {"mediafile": WRITE},
    },
    roles.MARKET_STAFF: {
        "catalogue": {
            "establishment": EDIT,
            "growingarea": EDIT,
            "areacode": EDIT,
            "audit": EDIT,
            "yieldlimit": EDIT,
            "household": EDIT,
            "responsibleperson": EDIT,
            "facility": EDIT,
            "linkagechain": EDIT,
            "project": EDIT,
            "protectedname": EDIT,
            "certificate": EDIT,
            "ocopproduct": EDIT,
        },
        "market": {
            "seller": EDIT,
            "sellermember": EDIT,
            "buyer": EDIT,
            "lot": LOOK,
            "analysis": EDIT,
            "order": LOOK,
            "payment": LOOK,
            "lotmovement": LOOK,
        },
    },
}
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
REVIEW = "Duyệt bản ghi loài"  # shown to editors and curators, who may rename it
FILE_MODELS = {
    "wagtailimages": "image",
    "wagtaildocs": "document",
}  # Wagtail asks about its own models


@transaction.atomic
def set_up() -> None:
    """Make roles, the review of species and first pages; what an administrator changed stays."""
    home = set_up_pages()
    for role, apps in MODEL_PERMISSIONS.items():
        group, is_new = Group.objects.get_or_create(name=role)
        _give(group, apps)
        if is_new and role == roles.CURATOR:
            _let_edit_pages_and_files(group, home)
        elif is_new and role == roles.EDITOR:
            _let_use_files(group, ("add", "choose"))
    set_up_review()


def _give(group: Group, apps: dict[str, dict[str, tuple]]) -> None:
    """Give a role its permissions on each model on which it has none yet.

    So a model that a new version brings reaches the roles of an old installation, and single
    permissions that an administrator took away stay away. Who wants to keep a role away from a
    model altogether leaves it one permission, "view".
    """
    held = set(group.permissions.values_list("content_type__app_label", "content_type__model"))
    new = {
        (app, f"{action}_{model}")
        for app, models in apps.items()
        for model, actions in models.items()
        for action in actions
        if (app, model) not in held
    } | {("wagtailadmin", "access_admin")}
    wanted = [
        permission
        for permission in Permission.objects.select_related("content_type")
        if (permission.content_type.app_label, permission.codename) in new
    ]
    group.permissions.add(*wanted)


def set_up_review() -> None:
    """Let what editors write about species wait for a curator, unless that is arranged already."""
    species = ContentType.objects.get_for_model(Species)
    if GroupApprovalTask.objects.filter(name=REVIEW).exists():
        return  # made before; an administrator may since have taken it off the species
    task = GroupApprovalTask.objects.create(name=REVIEW)
    task.groups.add(Group.objects.get(name=roles.CURATOR))
    workflow = Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.get_or_create(content_type=species, defaults={"workflow": workflow})


def _let_edit_pages_and_files(group: Group, home: Page) -> None:
    for codename in PAGE_PERMISSIONS:
        GroupPagePermission.objects.create(
            group=group, page=home.get_parent(), permission=_permission("wagtailcore", codename)
        )
    _let_use_files(group, ("add", "change", "choose"))


def _let_use_files(group: Group, actions: tuple[str, ...]) -> None:
    root = Collection.get_first_root_node()
    for app, model in FILE_MODELS.items():
        for action in actions:
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
