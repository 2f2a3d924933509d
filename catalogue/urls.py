"""Addresses of the museum (docs and labels promise them; see herbarium.urls)."""

from django.urls import path

from catalogue import views, views_browse, views_exports, views_key

app_name = "catalogue"

urlpatterns = [
    path("species/", views.species_list, name="species_list"),
    path("species/key/", views_key.species_key, name="species_key"),
    path("species/compare/", views_key.species_compare, name="species_compare"),
    path("species/a-z/", views_browse.species_index, name="species_index"),
    path("species/tree/", views_browse.taxonomy_tree, name="taxonomy"),
    path("species/<slug:slug>/", views.species_detail, name="species_detail"),
    path("glossary/", views_browse.glossary, name="glossary"),
    path("species/<slug:slug>/cite.bib", views_exports.cite_bib, name="cite_bib"),
    path("species/<slug:slug>/cite.ris", views_exports.cite_ris, name="cite_ris"),
    path("registers/certificates/", views.certificate_list, name="certificate_list"),
    path(
        "registers/certificates/<str:number>/",
        views.certificate_detail,
        name="certificate_detail",
    ),
    path("registers/areas/", views.area_list, name="area_list"),
    path("registers/areas/<path:code>/", views.area_detail, name="area_detail"),
]
