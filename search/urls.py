"""Addresses of the search (see herbarium.urls)."""

from django.urls import path

from search import views, views_saved

app_name = "search"

urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("account/searches/", views_saved.saved_list, name="saved_list"),
    path("account/searches/new/", views_saved.saved_new, name="saved_new"),
    path("account/searches/<int:pk>/", views_saved.saved_change, name="saved_change"),
    path("account/searches/<int:pk>/delete/", views_saved.saved_delete, name="saved_delete"),
    path("alerts/stop/<str:token>/", views_saved.alerts_stop, name="alerts_stop"),
]
