"""Papers of agreements, adhesions and offers, saved anew before they come here."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.arabic import clean
from core.exceptions import ActionRefused
from core.models import User
from partners.models import Adhesion, Agreement, Offer, PartnershipDocument

Owner = Agreement | Adhesion | Offer


@transaction.atomic
def add_document(
    *, owner: Owner, name_ar: str, name_fr: str, file: ContentFile, content_type: str, by: User
) -> PartnershipDocument:
    """Put a paper with what it belongs to.

    Args:
        file, content_type: as `core.images.reencode_document` gave them.
    """
    document = PartnershipDocument(
        **{owner._meta.model_name: owner},
        name_ar=name_ar,
        name_fr=name_fr,
        content_type=content_type,
        uploaded_by=by,
    )
    document.file.save(file.name, file, save=False)
    document.save()
    _record("partners.document.added", owner, document, by)
    return document


@transaction.atomic
def remove_document(*, document: PartnershipDocument, reason: str, by: User) -> None:
    """Take a paper away, with its file; twice is once.

    Raises:
        ActionRefused: no reason is given.
    """
    words = clean(reason)
    if not words:
        raise ActionRefused(_("Give a reason."))
    locked = PartnershipDocument.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
    if locked is None:
        return
    _record("partners.document.removed", locked.owner, locked, by, words[:500])
    storage, name = locked.file.storage, locked.file.name
    locked.delete()
    # The file goes when the row is gone for good: a transaction that fails leaves both.
    transaction.on_commit(lambda: storage.delete(name))


def _record(action: str, owner: Owner, document: PartnershipDocument, by: User, reason: str = "") -> None:
    region = owner.chamber.region_id if isinstance(owner, Adhesion) else ""
    audit.record(
        action=action,
        by=by,
        subject=owner,
        region_code=region,
        after={"document": document.name_fr or document.name_ar},
        reason=reason,
    )
