"""All public addresses. They are promises: printed on labels, cited in papers, crawled."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from catalogue import views_exports
from catalogue import views_iiif as iiif
from catalogue.views import plate
from catalogue.views_registers import area_record, certificate_record
from herbarium import sitemaps, views
from herbarium.api import api
from market.views.buying import account
from market.views.public import lot_record
from market.views.webhooks import stripe
from media.views import serve_document, serve_file

urlpatterns = [
    path("", views.door, name="door"),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("lot/<str:code>", lot_record, name="lot_record"),
    path("certificate/<path:number>", certificate_record, name="certificate_record"),
    path("area/<path:code>", area_record, name="area_record"),
    path("plates/<slug:slug>.svg", plate, name="plate"),
    path("webhooks/stripe/", stripe, name="stripe_webhook"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>-<int:block>.xml", sitemaps.section, name="sitemap_section"),
    path("exports/checklist.zip", views_exports.checklist, name="export_checklist"),
    path("exports/species.csv", views_exports.table, name="export_table"),
    path("oai", views_exports.oai, name="oai"),
    path("api/v1/", api.urls),
    re_path(r"^api/(?P<path>.*)$", views.api_not_found),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:pk>/<str:filename>", serve_document, name="document"),
    path("documents/", include(wagtaildocs_urls)),
    path("files/<path:path>", serve_file, name="file"),
    path("iiif/<int:pk>/manifest.json", iiif.image_manifest, name="iiif_image"),
    path("iiif/species/<slug:slug>/manifest.json", iiif.species_manifest, name="iiif_species"),
]

urlpatterns += i18n_patterns(
    path("account/", account, name="account_home"),
    path("account/", include("allauth.account.urls")),
    path("", include("catalogue.urls")),
    path("", include("market.urls")),
    path("", include("search.urls")),
    path("", include(wagtail_urls)),
)
