"""Addresses of the register's inside: what its people and centres do there."""

from django.urls import path

from sinergia.organisations.views import contacts, doubles, listings, terms
from sinergia.organisations.views.inside import lifecycle, notes, page, rows

app_name = "register"
urlpatterns = [
    path("doubles/", doubles.pairs, name="doubles"),
    path("doubles/<uuid:one>/<uuid:other>/", doubles.compare, name="compare"),
    path("doubles/<uuid:one>/<uuid:other>/merge/", doubles.merge, name="merge"),
    path("doubles/<uuid:key>/apart/", doubles.tell_apart, name="tell_apart"),
    path("doubles/<uuid:key>/again/", doubles.ask_again, name="ask_again"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/new/", contacts.new, name="new_contact"),
    path("contacts/<uuid:key>/", contacts.contact, name="contact"),
    path("contacts/<uuid:key>/confirm/", contacts.confirm, name="confirm_contact"),
    path("contacts/<uuid:key>/remove/", contacts.remove, name="remove_contact"),
    path("contacts/<uuid:key>/posts/new/", contacts.add_post, name="add_post"),
    path("contacts/<uuid:key>/posts/<uuid:post>/", contacts.change_post, name="post"),
    path("contacts/<uuid:key>/posts/<uuid:post>/remove/", contacts.remove_post, name="remove_post"),
    path("contact-lists/", listings.lists, name="contact_lists"),
    path("contact-lists/<uuid:key>/", listings.listing, name="contact_list"),
    path("contact-lists/<uuid:key>/put/", listings.put, name="put_on_list"),
    path("contact-lists/<uuid:key>/remove/", listings.remove, name="remove_list"),
    path("contact-lists/<uuid:key>/export.<str:form>", listings.export, name="export_list"),
    path("contact-lists/<uuid:key>/<uuid:contact>/move/", listings.move, name="move_on_list"),
    path("contact-lists/<uuid:key>/<uuid:contact>/off/", listings.take_off, name="take_off_list"),
    path("organisations/<uuid:key>/inside/", page.page, name="inside"),
    path("organisations/<uuid:key>/inside/history/", page.history, name="history"),
    path("organisations/<uuid:key>/inside/details/", page.details, name="details"),
    path("organisations/<uuid:key>/inside/number/", notes.number, name="number"),
    path("organisations/<uuid:key>/inside/status/", lifecycle.status, name="status"),
    path("organisations/<uuid:key>/inside/became/", lifecycle.succession, name="succession"),
    path(
        "organisations/<uuid:key>/inside/became/<uuid:row>/remove/",
        lifecycle.remove_succession,
        name="remove_succession",
    ),
    path("organisations/<uuid:key>/inside/double/", lifecycle.double, name="double"),
    path("organisations/<uuid:key>/inside/card/", page.card, name="card"),
    path("organisations/<uuid:key>/inside/themes/", page.themes, name="themes"),
    path("organisations/<uuid:key>/inside/places/", page.places, name="places"),
    path("organisations/<uuid:key>/inside/confirm/", page.confirm, name="confirm_told"),
    path("organisations/<uuid:key>/inside/show/", page.show, name="show_group"),
    path("organisations/<uuid:key>/inside/notes/", notes.notes, name="notes"),
    path("organisations/<uuid:key>/inside/notes/<uuid:note>/", notes.change, name="change_note"),
    path(
        "organisations/<uuid:key>/inside/notes/<uuid:note>/remove/",
        notes.remove,
        name="remove_note",
    ),
    path("organisations/<uuid:key>/inside/<slug:kind>/new/", rows.new, name="new_row"),
    path("organisations/<uuid:key>/inside/<slug:kind>/<uuid:row>/", rows.change, name="change_row"),
    path(
        "organisations/<uuid:key>/inside/<slug:kind>/<uuid:row>/remove/",
        rows.remove,
        name="remove_row",
    ),
    path("terms/", terms.terms, name="terms"),
    path("merges/", doubles.merges, name="merges"),
    path("merges/<uuid:key>/", doubles.merge_done, name="merge_done"),
    path("merges/<uuid:key>/undo/", doubles.undo, name="undo_merge"),
    path("organisations/<uuid:key>/split/", doubles.split, name="split"),
]
