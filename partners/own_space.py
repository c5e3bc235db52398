"""What benefits have for the artisan's own space: requests that wait for the holder, codes that run."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.own_space import Task
from partners.enums import ReferralState
from partners.models import Referral, Voucher
from registry.models import Registrant

MOST_SHOWN = 3


def own_tasks(registrant: Registrant) -> list[Task]:
    asked = Referral.objects.of_holder(registrant).filter(state=ReferralState.DOCUMENTS_ASKED)
    tasks = [
        Task(
            _("The partner asks for documents: %(offer)s.") % {"offer": referral.offer.name},
            reverse("partners:own_referral", args=[referral.pk]),
            _("Send them"),
            "document-arrow-up",
            "warning",
            35,
        )
        for referral in asked.select_related("offer")[:MOST_SHOWN]
    ]
    running = Voucher.objects.live().of_holder(registrant).select_related("offer")
    return tasks + [
        Task(
            _("My code is ready: %(offer)s.") % {"offer": voucher.offer.name},
            reverse("partners:own_voucher", args=[voucher.offer_id]),
            _("Show it"),
            "ticket",
            "success",
            15,
        )
        for voucher in running[:MOST_SHOWN]
    ]
