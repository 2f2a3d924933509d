"""Addresses of the market (docs and labels promise them; see herbarium.urls)."""

from django.urls import path

from market.views import buying, desk, labels, plots, public

app_name = "market"

urlpatterns = [
    path("market/", public.lot_list, name="lot_list"),
    path("market/lots/<str:code>/", public.lot_detail, name="lot_detail"),
    path("market/lots/<str:code>/plots.geojson", plots.lot_plots, name="lot_plots"),
    path("market/lots/<str:code>/order/", buying.lot_order, name="lot_order"),
    path("market/sellers/<slug:slug>/", public.seller_detail, name="seller_detail"),
    path("account/orders/<str:reference>/", buying.order_detail, name="order_detail"),
    path("account/orders/<str:reference>/pay/", buying.order_pay, name="order_pay"),
    path("account/orders/<str:reference>/cancel/", buying.order_cancel, name="order_cancel"),
    path("desk/", desk.desk, name="desk"),
    path("desk/plots.geojson", plots.desk_plots, name="desk_plots"),
    path("desk/lots/new/", desk.lot_new, name="lot_new"),
    path("desk/lots/<str:code>/", desk.lot_edit, name="lot_edit"),
    path("desk/lots/<str:code>/labels/", labels.lot_labels, name="lot_labels"),
    path("desk/lots/<str:code>/state/", desk.lot_state, name="lot_state"),
]
