"""Papers of an agreement, an adhesion or an offer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.territory import BilingualName
from partners.models.agreement import Adhesion, Agreement
from partners.models.offer import Offer
from partners.querysets.documents import DocumentQuerySet

_OWNERS = ("agreement", "adhesion", "offer")


def _exactly_one() -> Q:
    condition = Q()
    for owner in _OWNERS:
        only = {f"{name}__isnull": name != owner for name in _OWNERS}
        condition |= Q(**only)
    return condition


class PartnershipDocument(BilingualName):
    """A PDF or a picture, saved anew by us. A published offer's are public; others are staff's."""

    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.CASCADE, related_name="documents"
    )
    adhesion = models.ForeignKey(
        Adhesion, null=True, blank=True, on_delete=models.CASCADE, related_name="documents"
    )
    offer = models.ForeignKey(
        Offer, null=True, blank=True, on_delete=models.CASCADE, related_name="documents"
    )
    file = models.FileField(upload_to="partnerships/%Y/%m/")
    content_type = models.CharField(max_length=40)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("document")
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="partnership_document_one_owner")
        ]

    @property
    def owner(self) -> Agreement | Adhesion | Offer:
        return self.agreement or self.adhesion or self.offer
