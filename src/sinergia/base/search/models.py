"""What is searched: words of a row in their dictionary forms."""

from django.db import models


class Indexed(models.Model):
    """The words of one row, known only by its kind and number."""

    kind = models.CharField(max_length=40)
    row = models.BigIntegerField()
    lemmas = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="indexed_row_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"
