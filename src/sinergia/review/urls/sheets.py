"""Addresses of those who score: the desk, a sheet with its application, signing, the receipt."""

from django.urls import path

from sinergia.review.views import desk, sheets, signing

app_name = "review"
urlpatterns = [
    path("reviews/<uuid:key>/sheets/", desk.desk, name="desk"),
    path("reviews/<uuid:key>/sheets/confirm/", desk.confirm, name="confirm"),
    path("sheets/<uuid:key>/", sheets.sheet, name="sheet"),
    path("sheets/<uuid:key>/save/", sheets.save, name="save_text"),
    path("sheets/<uuid:key>/sign/", signing.sign, name="sign"),
    path("sheets/<uuid:key>/receipt/", signing.receipt, name="receipt"),
    path("sheets/<uuid:key>/recuse/", signing.recuse, name="recuse"),
    path("sheets/<uuid:key>/files/<uuid:row>/", signing.file, name="sheet_file"),
]
