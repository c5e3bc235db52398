"""What holds whatever happens, and the moves of `events.lifecycle` for whoever does not come by way of the actions.

`tests/events/test_lifecycle.py` walks every pair of states in the table and in the database. A meeting may be
inserted in any state: one that took place before is entered as it was.
"""

import uuid

import django.db.models.constraints
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION events_refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'state_move: % does not go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER meeting_state_move BEFORE UPDATE OF state ON events_meeting FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'scheduled'), ('draft', 'cancelled'),
        ('scheduled', 'announced'), ('scheduled', 'under_way'), ('scheduled', 'held'),
        ('scheduled', 'postponed'), ('scheduled', 'cancelled'),
        ('announced', 'under_way'), ('announced', 'held'),
        ('announced', 'postponed'), ('announced', 'cancelled'),
        ('under_way', 'held'), ('held', 'under_way'), ('held', 'closed'),
        ('postponed', 'scheduled'), ('postponed', 'cancelled')))
    EXECUTE FUNCTION events_refuse_move();
"""
BACKWARD = """
DROP TRIGGER meeting_state_move ON events_meeting;
DROP FUNCTION events_refuse_move();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0004_fill_directory")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AlterField(
            model_name="invitation",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("duration_minutes__isnull", True), ("duration_minutes__range", (1, 600)), _connector="OR"
                ),
                name="agenda_duration_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("postponed", "cancelled")), _negated=True),
                    models.Q(
                        models.Q(("ground", ""), _negated=True), models.Q(("ground_note", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="meeting_off_has_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("capacity__isnull", True), ("capacity__range", (1, 100000)), _connector="OR"
                ),
                name="meeting_capacity_sane",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "position"),
                name="invitation_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(fields=("meeting", "guest"), name="invitation_guest_once"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("meeting", "registrant"), name="invitation_registrant_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("guest__isnull", True), ("registrant__isnull", True)),
                fields=("meeting", "institution"),
                name="invitation_institution_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("guest__isnull", False),
                    ("registrant__isnull", False),
                    ("institution__isnull", False),
                    _connector="OR",
                ),
                name="invitation_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("guest__isnull", True), models.Q(("title_ar", ""), _negated=True), _connector="OR"
                ),
                name="invitation_guest_has_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "delegate"), models.Q(("delegate_name", ""), _negated=True)),
                    models.Q(
                        models.Q(("answer", "delegate"), _negated=True),
                        ("delegate_name", ""),
                        ("delegate_title", ""),
                    ),
                    _connector="OR",
                ),
                name="invitation_delegate_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "none"), ("answered_at__isnull", True)),
                    models.Q(models.Q(("answer", "none"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_answer_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                fields=("meeting", "user"),
                name="duty_once",
                violation_error_message="This person is on duty at this meeting already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="guest",
            constraint=models.CheckConstraint(
                condition=models.Q(("title_ar", ""), _negated=True), name="guest_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="guest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_active", True)),
                fields=("institution", "title_ar", "name_ar"),
                name="guest_once",
                violation_error_message="This guest is in the directory already.",
            ),
        ),
    ]
