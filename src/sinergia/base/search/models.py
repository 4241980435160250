"""What is searched: words of a row in their dictionary forms."""

from django.db import models


class Indexed(models.Model):
    """The words of one row, known only by its kind and number."""

    class Weight(models.IntegerChoices):
        """Which of several rows with the same words goes first."""

        LAST = 0  # what is over: a closed organisation
        USUAL = 1
        FIRST = 2  # what most readers look for: an organisation that has won a grant

    kind = models.CharField(max_length=40)
    row = models.BigIntegerField()
    head = models.TextField(db_default="")  # words of its name
    lemmas = models.TextField()  # the other words it is found by
    weight = models.PositiveSmallIntegerField(
        choices=Weight.choices, default=Weight.USUAL, db_default=Weight.USUAL
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row"], name="indexed_row_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.row}"
