"""What happens to a person's file beside applications: it is read, and its owner signs in."""

from django.db import transaction

from core import audit
from core.models import User
from registry.models import Document, Registrant


def record_reading(*, registrant: Registrant, by: User) -> None:
    """Somebody opened this person's file."""
    audit.record(
        action="registry.registrant.read", by=by, subject=registrant, region_code=registrant.region_id
    )


def record_document_reading(*, document: Document, by: User) -> None:
    """Somebody opened a scan of this person's file."""
    audit.record(
        action="registry.document.read",
        by=by,
        subject=document.registrant,
        region_code=document.registrant.region_id,
        after={"kind": document.kind},
    )


@transaction.atomic
def account_for(registrant: Registrant) -> User:
    """The account with which a registered person signs in by one-time code, made at the first sign-in."""
    locked = Registrant.objects.select_for_update().get(pk=registrant.pk)
    if locked.user_id is None:
        locked.user = User.objects.create_user(
            f"artisan-{locked.pk}",
            roles=["artisan"],
            name_ar=locked.person_name_ar,
            name_latin=locked.person_name_latin,
            phone=locked.phone,
            email=locked.email,
            is_demo=locked.is_demo,
        )
        locked.save(update_fields=["user"])
    elif (locked.user.phone, locked.user.email) != (locked.phone, locked.email):
        # The register knows where the code must go; the account only follows.
        locked.user.phone, locked.user.email = locked.phone, locked.email
        locked.user.save(update_fields=["phone", "email"])
    return locked.user
