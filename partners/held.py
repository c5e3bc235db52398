"""What offers hold of a person: told to the person, and erased with the person's data."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import date_in_words, moment_in_words
from partners.actions import withdraw_referral
from partners.models import Favourite, Feedback, OfferUse, Referral, ReferralDocument, Voucher
from registry.models import Registrant


def held_benefits(*, registrant: Registrant, **_signal) -> dict | None:
    """Each request with its documents, each use, voucher, word and offer kept, for an access request."""
    entries = [*_referrals(registrant), *_uses(registrant), *_words(registrant)]
    entries += [
        [
            (_("Voucher"), str(voucher.offer)),
            (_("State"), str(voucher.get_state_display())),
            (_("Issued"), moment_in_words(voucher.issued_at)),
        ]
        for voucher in Voucher.objects.of_holder(registrant).select_related("offer")
    ]
    entries += [
        [(_("Offer that I keep"), str(kept.offer))]
        for kept in Favourite.objects.filter(registrant=registrant).select_related("offer")
    ]
    return {"code": "benefits", "title": _("Partners' offers"), "entries": entries} if entries else None


def erase_benefits(*, registrant: Registrant, **_signal) -> None:
    """Take papers and words away; that something was used or asked for stays, as a figure without a name."""
    for referral in Referral.objects.open().of_holder(registrant):
        withdraw_referral(referral=referral, by=None)
    papers = ReferralDocument.objects.filter(referral__registrant=registrant)
    for paper in papers:
        storage, name = paper.file.storage, paper.file.name
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
    papers.delete()
    Referral.objects.of_holder(registrant).exclude(answer="").update(answer="—")
    Feedback.objects.of_holder(registrant).exclude(words="").update(words="—")
    # What was done about a refusal may tell of the person too; a settled one keeps that it was.
    Feedback.objects.of_holder(registrant).exclude(follow_up_note="").update(follow_up_note="—")
    Favourite.objects.filter(registrant=registrant).delete()


def _referrals(registrant: Registrant) -> list:
    asked = Referral.objects.of_holder(registrant).select_related("offer", "branch")
    return [
        [
            (_("Request for an offer"), f"{referral.number} {referral.offer}"),
            (_("State"), str(referral.get_state_display())),
            (_("Sent"), moment_in_words(referral.sent_at)),
            (_("To be answered by"), date_in_words(referral.due_on)),
            (_("Ground"), str(referral.get_ground_display())),
            (_("Reply"), referral.answer),
            (_("Documents"), _("، ").join(paper.title for paper in referral.documents.all())),
        ]
        for referral in asked.prefetch_related("documents")
    ]


def _uses(registrant: Registrant) -> list:
    return [
        [
            (_("Use of an offer"), str(use.offer)),
            (_("Used at"), moment_in_words(use.used_at)),
            (_("How"), str(use.get_way_display())),
            (_("Place of the partner"), str(use.branch or "")),
            (_("Reason"), use.cancel_reason),
        ]
        for use in OfferUse.objects.of_holder(registrant).select_related("offer", "branch")
    ]


def _words(registrant: Registrant) -> list:
    return [
        [
            (_("Word about an offer"), str(said.offer)),
            (_("What became of it"), str(said.get_experience_display())),
            (_("Reason that was given"), str(said.get_ground_display())),
            (_("In your own words"), said.words),
            (_("What was done"), said.follow_up_note),
        ]
        for said in Feedback.objects.of_holder(registrant).select_related("offer")
    ]
