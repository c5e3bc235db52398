"""Requests for cards: what stands before a card has a batch, a serial number and a face."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cards.enums import OPEN_REQUEST_STATES, CardKind, RequestSource, RequestState
from cards.models.card import Card
from cards.querysets import CardRequestQuerySet
from registry.models import Ground, Registrant


class CardRequest(models.Model):
    """One wish for one card, from whoever asked to the card that came of it."""

    registrant = models.ForeignKey(Registrant, on_delete=models.PROTECT, related_name="card_requests")
    kind = models.CharField(_("Kind of card"), max_length=12, choices=CardKind, default=CardKind.FIRST)
    source = models.CharField(_("Asked by"), max_length=8, choices=RequestSource)
    state = models.CharField(_("State"), max_length=10, choices=RequestState, default=RequestState.REQUESTED)
    # The card to replace or to renew.
    predecessor = models.ForeignKey(
        Card, null=True, blank=True, on_delete=models.PROTECT, related_name="requests_to_succeed"
    )
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(_("Asked on"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("Decided on"), null=True, blank=True)
    ground = models.ForeignKey(
        Ground, verbose_name=_("Ground"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(_("Reason"), blank=True)
    card = models.OneToOneField(Card, null=True, blank=True, on_delete=models.PROTECT, related_name="request")

    objects = CardRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("card request")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registrant"],
                condition=Q(state__in=OPEN_REQUEST_STATES),
                name="card_request_one_open_a_registrant",
            ),
            models.CheckConstraint(
                condition=Q(kind=CardKind.FIRST, predecessor__isnull=True)
                | (~Q(kind=CardKind.FIRST) & Q(predecessor__isnull=False)),
                name="card_request_kind_goes_with_predecessor",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | (Q(ground__isnull=False) & ~Q(reason="")),
                name="card_request_refusal_has_ground",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.BATCHED, card__isnull=False)
                | (~Q(state=RequestState.BATCHED) & Q(card__isnull=True)),
                name="card_request_batched_has_card",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(RequestState.APPROVED, RequestState.REFUSED, RequestState.BATCHED))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="card_request_decision_has_author",
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="card_request_state")]

    def __str__(self) -> str:
        return f"{self.registrant_id} {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUEST_STATES
