"""Addresses of the museum (docs and labels promise them; see herbarium.urls)."""

from django.urls import path, re_path

from catalogue import views, views_browse, views_exports, views_key, views_registers

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
    path("registers/certificates/", views_registers.certificate_list, name="certificate_list"),
    re_path(
        r"^registers/certificates\.(?P<suffix>csv|json)$",
        views_registers.certificate_download,
        name="certificate_download",
    ),
    # Numbers as printed hold slashes: 12/GCN-YDCT.
    path(
        "registers/certificates/<path:number>/scan.pdf",
        views_registers.certificate_scan,
        name="certificate_scan",
    ),
    path(
        "registers/certificates/<path:number>/",
        views_registers.certificate_detail,
        name="certificate_detail",
    ),
    path("registers/areas/", views_registers.area_list, name="area_list"),
    path("registers/areas/map.json", views_registers.area_map, name="area_map"),
    path("registers/areas/outlines.json", views_registers.area_outlines, name="area_outlines"),
    re_path(
        r"^registers/areas\.(?P<suffix>csv|geojson|json)$",
        views_registers.area_download,
        name="area_download",
    ),
    path("registers/areas/<path:code>/", views_registers.area_detail, name="area_detail"),
    path(
        "registers/establishments/<slug:slug>/",
        views_registers.establishment_detail,
        name="establishment_detail",
    ),
    path("registers/statistics/", views_registers.statistics, name="statistics"),
    re_path(
        r"^registers/statistics/(?P<table>species|provinces|standards)\.csv$",
        views_registers.statistics_table,
        name="statistics_table",
    ),
]
