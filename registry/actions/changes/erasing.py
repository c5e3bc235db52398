"""Requests of a person whose data is erased: they hold old and new values, so they go with the file."""

from django.db.models.fields.files import FieldFile

from registry.models import Registrant


def erase_changes(registrant: Registrant) -> list[FieldFile]:
    """Delete the person's requests; gives their files, to be deleted once that is committed.

    The caller holds the registrant's row lock and writes the audit row of the erasure.
    """
    requests = registrant.change_requests.all()
    files = [request.photograph for request in requests if request.photograph]
    requests.delete()
    return files
