"""A room with files as small as can be: a form, an action, a download, on addresses of its own."""

from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils import timezone

from sinergia.base.files.actions import keep_upload
from sinergia.base.files.forms import UploadField
from sinergia.base.files.http import receive, respond_with
from sinergia.base.files.models import DOCUMENT, PICTURE, StoredFile, Upload
from sinergia.people.http import SignedInRequest, for_signed_in
from sinergia.people.models import Person

PAGE = """{% extends "base.html" %}
{% block title %}Papers{% endblock %}
{% block heading %}Papers{% endblock %}
{% block content %}
  <form class="form" method="post" enctype="multipart/form-data" novalidate>
    {% csrf_token %}
    {% include "components/error_summary.html" with form=form only %}
    {{ form.as_div }}
    {% include "components/button.html" with label="Save" only %}
  </form>
{% endblock %}
"""


class PaperForm(forms.Form):
    """A title, a paper, and a picture if there is one."""

    title = forms.CharField(label="Title", max_length=20)
    paper = UploadField(DOCUMENT, label="Paper")
    picture = UploadField(PICTURE, label="Picture", required=False)


@for_signed_in
def add(request: SignedInRequest) -> HttpResponse:
    """Take a paper in, as every room does."""
    form = PaperForm(request.POST or None, receive(request, PaperForm, now=timezone.now()))
    if form.is_valid():
        file = add_paper(form.cleaned_data["paper"], actor=request.user)
        return redirect("papers:file", file.key)
    status = 422 if form.is_bound else 200
    page = Template(PAGE).render(RequestContext(request, {"form": form}))
    return HttpResponse(page, status=status)


@transaction.atomic
def add_paper(upload: Upload, *, actor: Person) -> StoredFile:
    """Keep it; a real room writes its own row beside."""
    return keep_upload(upload, actor=actor, now=timezone.now())


@for_signed_in
def give(request: SignedInRequest, key: UUID) -> HttpResponseBase:
    """Give it out to whoever sent it."""
    own = StoredFile.objects.filter(actor_key=request.user.key)
    file = get_object_or_404(own, key=key)
    is_shown = "show" in request.GET
    return respond_with(
        file, is_inline=is_shown, is_small="small" in request.GET, asked=request.headers
    )


papers = ([path("add/", add, name="add"), path("<uuid:key>/", give, name="file")], "papers")
urlpatterns = [
    path("papers/", include(papers)),
    path("files/uploads/", include("sinergia.web.uploads")),
    path("", include("tests.ui.addresses")),
]
