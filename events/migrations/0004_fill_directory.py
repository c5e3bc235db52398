"""What a meeting's guest was is an invitation now: each gets its entry in the directory."""

import uuid

from django.db import migrations

OFF = ("postponed", "cancelled")


def fill(apps, schema_editor):
    Guest, Invitation = (apps.get_model("events", name) for name in ("Guest", "Invitation"))
    Meeting = apps.get_model("events", "Meeting")
    for invitation in Invitation.objects.select_related("meeting").order_by("pk"):
        guest, _made = Guest.objects.get_or_create(
            institution_id=invitation.institution_id,
            name_ar=invitation.name_ar,
            title_ar=invitation.title_ar,
            defaults={
                "name_fr": invitation.name_fr,
                "title_fr": invitation.title_fr,
                "region_id": invitation.meeting.region_id,
            },
        )
        twice = Invitation.objects.filter(meeting_id=invitation.meeting_id, guest=guest).exists()
        if twice:
            # Two lines of one meeting that said the same: two entries, so that neither line is lost.
            guest.pk = None
            guest.is_active = False
            guest.save(force_insert=True)
        Invitation.objects.filter(pk=invitation.pk).update(guest=guest, key=uuid.uuid4())
    for meeting in Meeting.objects.all():
        ground = ("other", "—") if meeting.state in OFF else ("", "")
        Meeting.objects.filter(pk=meeting.pk).update(
            uid=uuid.uuid4(), ground=ground[0], ground_note=ground[1]
        )


class Migration(migrations.Migration):
    dependencies = [("events", "0003_planning")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
