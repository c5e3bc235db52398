"""Requests about registrants for tests, in any state."""

from datetime import timedelta

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from registry.enums import CLOSED_CHANGE_STATES, ChangeKind, ChangeState
from registry.models import ChangeRequest
from tests.factories.core import UserFactory
from tests.factories.registry import RegistrantFactory, ground_for, portrait_bytes


class ChangeRequestFactory(factory.django.DjangoModelFactory):
    """An amendment of the telephone that waits for a decision; `kind` and `state` make others of it."""

    class Meta:
        model = ChangeRequest

    registrant = factory.SubFactory(RegistrantFactory)
    kind = ChangeKind.AMENDMENT
    state = ChangeState.SUBMITTED
    number = factory.Sequence(lambda n: f"C-{n:06d}")
    region = factory.SelfAttribute("registrant.region")
    destination_id = factory.LazyAttribute(
        lambda self: (
            ("12" if self.registrant.region_id != "12" else "11")
            if self.kind == ChangeKind.TRANSFER
            else None
        )
    )
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))
    entered_by = factory.LazyAttribute(lambda self: UserFactory(region=self.registrant.region_id))
    submitted_by = factory.LazyAttribute(
        lambda self: None if self.state == ChangeState.ASKED else self.entered_by
    )
    submitted_at = factory.LazyAttribute(lambda self: timezone.now() if self.submitted_by else None)
    decided_by = factory.LazyAttribute(
        lambda self: (
            UserFactory(region=self.registrant.region_id) if self.state in CLOSED_CHANGE_STATES else None
        )
    )
    decided_at = factory.LazyAttribute(lambda self: timezone.now() if self.decided_by else None)
    ground = factory.LazyAttribute(
        lambda self: (
            ground_for("change_rejection")
            if self.state == ChangeState.REFUSED
            else ground_for("exit")
            if self.state == ChangeState.APPROVED and self.kind in (ChangeKind.EXIT, ChangeKind.DEATH)
            else None
        )
    )
    decision_reason = factory.LazyAttribute(lambda self: "سبب" if self.state == ChangeState.REFUSED else "")

    @factory.lazy_attribute
    def changes(self):
        if self.kind != ChangeKind.AMENDMENT or self.state == ChangeState.ASKED:
            return {}
        return {"phone": {"old": self.registrant.phone, "new": "+212661999999"}}


def a_scan() -> SimpleUploadedFile:
    """A document as it comes from a scanner."""
    return SimpleUploadedFile("scan.jpg", portrait_bytes((800, 1000)), "image/jpeg")
