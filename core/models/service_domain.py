"""Domains of partners' services: the vocabulary that a meeting's agenda and a partner's offer share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models.territory import BilingualName


class ServiceDomain(BilingualName):
    code = models.SlugField(max_length=40, primary_key=True)
    name_en = models.CharField(_("English name"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("service domain")
