import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As `registry.lifecycle.PROCEEDING`; the tests compare the two.
FORWARD = """
CREATE TRIGGER proceeding_state_move BEFORE UPDATE OF stage ON registry_proceeding FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage AND (OLD.stage, NEW.stage) NOT IN (
        ('notified', 'replied'), ('notified', 'dropped'), ('replied', 'dropped'),
        ('notified', 'decided'), ('replied', 'decided'), ('decided', 'appealed'),
        ('appealed', 'confirmed'), ('appealed', 'overturned'),
        ('decided', 'lifted'), ('confirmed', 'lifted')))
    EXECUTE FUNCTION registry_refuse_stage();
"""
FUNCTION = """
CREATE FUNCTION registry_refuse_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'state_move: % does not go from % to %', TG_TABLE_NAME, OLD.stage, NEW.stage
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;
"""
BACKWARD = """
DROP TRIGGER proceeding_state_move ON registry_proceeding;
DROP FUNCTION registry_refuse_stage();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_trail_append_only"),
        ("registry", "0013_figures_and_targets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Proceeding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("suspension", "Suspension"), ("striking_off", "Striking off")],
                        max_length=12,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("notified", "Waiting for the reply"),
                            ("replied", "Reply received"),
                            ("dropped", "Closed without a decision against"),
                            ("decided", "Decided"),
                            ("appealed", "Appeal to decide on"),
                            ("confirmed", "Appeal rejected"),
                            ("overturned", "Appeal upheld"),
                            ("lifted", "Ended by reinstatement"),
                        ],
                        default="notified",
                        max_length=12,
                        verbose_name="Stage",
                    ),
                ),
                ("notice_on", models.DateField(verbose_name="Notice given on")),
                ("notice_reason", models.TextField(verbose_name="Reason of the notice")),
                ("reply_until", models.DateField(verbose_name="Reply possible until")),
                ("replied_on", models.DateField(blank=True, null=True, verbose_name="Reply received on")),
                ("reply_text", models.TextField(blank=True, verbose_name="What the person replies")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="Decided")),
                ("decision_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "appeal_until",
                    models.DateField(blank=True, null=True, verbose_name="Appeal possible until"),
                ),
                ("appealed_on", models.DateField(blank=True, null=True, verbose_name="Appeal received on")),
                ("appeal_text", models.TextField(blank=True, verbose_name="What the person appeals with")),
                (
                    "appeal_decided_on",
                    models.DateField(blank=True, null=True, verbose_name="Appeal decided on"),
                ),
                (
                    "appeal_reason",
                    models.TextField(blank=True, verbose_name="Reason of the decision on the appeal"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="Ended on")),
                (
                    "appeal_decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Appeal decided by",
                    ),
                ),
                (
                    "appeal_documents",
                    models.ManyToManyField(blank=True, related_name="+", to="registry.document"),
                ),
                (
                    "appeal_ground",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.ground",
                        verbose_name="Ground of the decision on the appeal",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Decided by",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.ground",
                        verbose_name="Ground",
                    ),
                ),
                (
                    "notice_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Notice given by",
                    ),
                ),
                (
                    "notice_ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.ground",
                        verbose_name="Ground of the notice",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proceedings",
                        to="registry.registrant",
                    ),
                ),
                (
                    "reply_documents",
                    models.ManyToManyField(blank=True, related_name="+", to="registry.document"),
                ),
            ],
            options={
                "verbose_name": "proceeding",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approval", "Registration"),
                            ("return", "Application sent back"),
                            ("rejection", "Application rejected"),
                            ("notice", "Notice with right of reply"),
                            ("dropped", "Proceeding closed"),
                            ("suspension", "Decision of suspension"),
                            ("striking_off", "Decision of striking off"),
                            ("appeal", "Decision on an appeal"),
                            ("reinstatement", "Reinstatement"),
                        ],
                        max_length=14,
                        verbose_name="Letter",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("dated", models.DateField(verbose_name="Date")),
                ("facts", models.JSONField(default=dict)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="registry.application",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="registry.registrant",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="registry.proceeding",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "ordering": ["-id"],
            },
        ),
        migrations.AddIndex(
            model_name="proceeding",
            index=models.Index(fields=["stage", "reply_until"], name="proceeding_waiting"),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ("notified", "replied", "appealed"))),
                fields=("registrant",),
                name="proceeding_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(("notice_reason", ""), _negated=True), name="proceeding_notice_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(("reply_until__gt", models.F("notice_on"))),
                name="proceeding_reply_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "replied"), _negated=True),
                    ("replied_on__isnull", False),
                    _connector="OR",
                ),
                name="proceeding_reply_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stage__in", ("decided", "appealed", "confirmed", "overturned", "lifted")),
                        _negated=True,
                    ),
                    ("replied_on__isnull", False),
                    ("decided_on__gt", models.F("reply_until")),
                    _connector="OR",
                ),
                name="proceeding_decided_after_hearing",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("stage__in", ("decided", "appealed", "confirmed", "overturned", "lifted")),
                        _negated=True,
                    ),
                    models.Q(
                        ("appeal_until__gt", models.F("decided_on")),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                        ("ground__isnull", False),
                        models.Q(("decision_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proceeding_decision_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("appealed_on__isnull", True),
                    models.Q(
                        ("appealed_on__gte", models.F("decided_on")),
                        ("appealed_on__lte", models.F("appeal_until")),
                    ),
                    _connector="OR",
                ),
                name="proceeding_appeal_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage__in", ["confirmed", "overturned"]), _negated=True),
                    models.Q(
                        ("appeal_decided_by__isnull", False),
                        ("appeal_decided_on__isnull", False),
                        ("appeal_ground__isnull", False),
                        ("appealed_on__isnull", False),
                        models.Q(("appeal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proceeding_appeal_decision_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("region", "year", "number"), name="letter_number_once"
            ),
        ),
        migrations.AddField(
            model_name="registerrules",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunSQL(FUNCTION + FORWARD, BACKWARD),
    ]
