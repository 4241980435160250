"""Accounts. An account is a way in; everybody else is a row of the room that needs them."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by the address they sign in with; hides nobody."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Look up by e-mail, whatever its case."""
        return self.get(email=(username or "").casefold())


class Person(AbstractBaseUser):
    """An account, or a named machine that acts with rights of its own."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    email = models.CharField(max_length=254, unique=True)  # casefolded at every door
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="ru")
    machine = models.CharField(max_length=40, blank=True)  # "command"; empty for people
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)  # made by the demo, may be entered as
    must_use_mfa = models.BooleanField(default=False, db_default=False)  # by whoever gives roles
    password_by_mail = models.BooleanField(default=False, db_default=False)  # see `mark_reset`
    made_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.UniqueConstraint(
                fields=["machine"], condition=~models.Q(machine=""), name="person_machine_once"
            ),
            models.CheckConstraint(
                name="person_machine_has_no_password",
                condition=models.Q(machine="") | models.Q(password__startswith="!"),  # noqa: S106  # Django's mark of an unusable one
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
