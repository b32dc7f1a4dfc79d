"""What the accounts console stores beside django-allauth's own tables."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class Invitation(models.Model):
    """One person's invitation to the project; its password is kept hashed only."""

    email: models.EmailField[str, str] = models.EmailField(unique=True)
    username: models.CharField[str, str] = models.CharField(max_length=150, unique=True)
    password: models.CharField[str, str] = models.CharField(max_length=128)
    project: models.CharField[str, str] = models.CharField(max_length=12)
    created: models.DateTimeField[datetime, datetime] = models.DateTimeField(default=timezone.now)
    accepted_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One invitation for an address, however it is written."""

        constraints = (models.UniqueConstraint(Lower("email"), name="invitation_email_any_case"),)

    def __str__(self) -> str:
        return f"Invitation of {self.email}"
