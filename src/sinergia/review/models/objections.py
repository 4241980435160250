"""What applicants say of those who must not read their application."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from sinergia.applications.models import Submission


class Objection(models.Model):
    """That somebody must not read an application, by its applicant's word.

    Applicants never learn who the experts are: they name a person or an organisation, and the
    operator finds whom it means. Each of those is a `Conflict`; why: where it was nobody.
    """

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    whom = models.CharField(max_length=300)
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.UUIDField(null=True, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="objection_has_words", condition=~Q(whom="") & ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
