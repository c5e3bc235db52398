"""What somebody searched for, kept out of the address; and the lists that people come back to."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    return secrets.token_urlsafe(12)


class SearchText(models.Model):
    """Words or a number typed into a search. The address of the list names them by the token."""

    token = models.CharField(max_length=16, unique=True, default=new_token)
    text = models.CharField(max_length=100)
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("search")

    def __str__(self) -> str:
        return self.token


class SavedFilter(models.Model):
    """A list that its owner comes back to: the filters and columns of the address, under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("Name of the list"), max_length=60)
    # Parameters of the address, each with its values.
    query = models.JSONField(default=dict)
    search_text = models.ForeignKey(
        SearchText, null=True, on_delete=models.PROTECT, related_name="saved_filters"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("saved list")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_name_once")]

    def __str__(self) -> str:
        return self.name
