"""The life of a card: requests, the steps between batch and box, renewal and replacement, rules of the chamber.

What was ordered is in its batch, and what was made lies in its box. `cards.lifecycle` is what people read;
`tests/cards/test_lifecycle.py` walks every pair of states there and here and compares the two.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was made was printed and put away outside of the portal, for all that it knows.
RENAME = """
UPDATE cards_card SET state = CASE state WHEN 'ordered' THEN 'in_batch' ELSE 'in_box' END
WHERE state IN ('ordered', 'made');
-- From here on a stop says why; of these nobody wrote it down.
UPDATE cards_card SET stop_reason = 'غير مذكور / non précisé'
WHERE state IN ('lost', 'stolen', 'damaged', 'revoked') AND stop_reason = '';
"""
RENAME_BACK = """
UPDATE cards_card SET state = 'ordered' WHERE state = 'in_batch';
UPDATE cards_card SET state = 'made' WHERE state IN ('printed', 'checked', 'in_box');
UPDATE cards_card SET state = 'revoked' WHERE state IN ('replaced', 'renewed');
"""
TRIGGERS = """
CREATE TRIGGER card_state_move BEFORE UPDATE OF state ON cards_card FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('in_batch', 'printed'), ('in_batch', 'cancelled'),
        ('printed', 'checked'), ('printed', 'in_batch'),
        ('checked', 'in_box'), ('checked', 'in_batch'),
        ('in_box', 'handed_over'),
        ('handed_over', 'in_box'), ('handed_over', 'renewed'), ('renewed', 'handed_over'))
        AND NOT (
            OLD.state IN ('printed', 'checked', 'in_box', 'handed_over')
            AND NEW.state IN ('lost', 'stolen', 'damaged', 'replaced', 'revoked')))
    EXECUTE FUNCTION registry_refuse_move();
CREATE TRIGGER card_request_state_move BEFORE UPDATE OF state ON cards_cardrequest FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('requested', 'approved'), ('requested', 'refused'), ('requested', 'withdrawn'),
        ('approved', 'refused'), ('approved', 'withdrawn'), ('approved', 'batched'), ('batched', 'approved')))
    EXECUTE FUNCTION registry_refuse_move();
"""
NO_TRIGGERS = """
DROP TRIGGER card_request_state_move ON cards_cardrequest;
DROP TRIGGER card_state_move ON cards_card;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cards", "0002_serial_sequence"),
        ("core", "0002_audit_trail_append_only"),
        ("registry", "0021_grounds_of_cards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CardRequest",
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
                            ("first", "First card"),
                            ("renewal", "Renewal"),
                            ("replacement", "Replacement"),
                        ],
                        default="first",
                        max_length=12,
                        verbose_name="Kind of card",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("staff", "Chamber staff"),
                            ("list", "A list of the register"),
                            ("holder", "The artisan"),
                            ("batch", "The composition of a batch"),
                        ],
                        max_length=8,
                        verbose_name="Asked by",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "To decide"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                            ("batched", "In a batch"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("requested_at", models.DateTimeField(auto_now_add=True, verbose_name="Asked on")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided on")),
                ("reason", models.TextField(blank=True, verbose_name="Reason")),
            ],
            options={
                "verbose_name": "card request",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CardRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "approval_needed",
                    models.BooleanField(
                        default=False,
                        help_text="What an artisan asks for always waits for approval.",
                        verbose_name="A card asked for by staff waits for approval",
                    ),
                ),
                (
                    "renewal_notice_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days before its expiry from which a card is to be renewed",
                    ),
                ),
                (
                    "signature_needed",
                    models.BooleanField(
                        default=False, verbose_name="Whoever receives a card signs on the screen"
                    ),
                ),
                (
                    "proxy_allowed",
                    models.BooleanField(default=True, verbose_name="A card may be given to a proxy"),
                ),
                (
                    "cards_per_proxy",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="Cards that one person may receive for others",
                    ),
                ),
                (
                    "days_between_reminders",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="Days after which whoever has not fetched their card is reminded",
                    ),
                ),
                (
                    "reminders_most",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[django.core.validators.MaxValueValidator(20)],
                        verbose_name="Reminders at most",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "rules of the cards",
            },
        ),
        migrations.RemoveConstraint(
            model_name="card",
            name="card_one_live_a_registrant",
        ),
        migrations.RemoveConstraint(
            model_name="card",
            name="card_stop_is_dated",
        ),
        migrations.AddField(
            model_name="card",
            name="kind",
            field=models.CharField(
                choices=[("first", "First card"), ("renewal", "Renewal"), ("replacement", "Replacement")],
                default="first",
                max_length=12,
                verbose_name="Kind of card",
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="predecessor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="cards.card",
            ),
        ),
        migrations.AddField(
            model_name="card",
            name="stop_ground",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.ground",
                verbose_name="Ground",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="renewed_card",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cards.card",
            ),
        ),
        migrations.AlterField(
            model_name="card",
            name="state",
            field=models.CharField(
                choices=[
                    ("in_batch", "In a batch"),
                    ("printed", "Printed"),
                    ("checked", "Checked"),
                    ("in_box", "In its box, waiting for its holder"),
                    ("handed_over", "Handed over"),
                    ("lost", "Lost"),
                    ("stolen", "Stolen"),
                    ("damaged", "Damaged"),
                    ("replaced", "Replaced"),
                    ("renewed", "Renewed"),
                    ("revoked", "Revoked"),
                    ("cancelled", "Cancelled before printing"),
                ],
                default="in_batch",
                max_length=12,
                verbose_name="State",
            ),
        ),
        migrations.RunSQL(RENAME, RENAME_BACK),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(
                condition=models.Q(("state", "handed_over")), fields=["valid_until"], name="card_running_out"
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state", "handed_over"),
                    models.Q(
                        ("kind__in", ("first", "replacement")),
                        ("state__in", ("in_batch", "printed", "checked", "in_box")),
                    ),
                    _connector="OR",
                ),
                fields=("registrant",),
                name="card_one_live_a_registrant",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("in_batch", "printed", "checked", "in_box"))),
                fields=("registrant",),
                name="card_one_coming_a_registrant",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("predecessor",),
                name="card_one_successor",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "first"), ("predecessor__isnull", True)),
                    models.Q(models.Q(("kind", "first"), _negated=True), ("predecessor__isnull", False)),
                    _connector="OR",
                ),
                name="card_kind_goes_with_predecessor",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("in_batch", "printed", "checked", "in_box", "handed_over")),
                    ("stopped_at__isnull", False),
                    _connector="OR",
                ),
                name="card_stop_is_dated",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("lost", "stolen", "damaged", "replaced", "revoked")), _negated=True
                    ),
                    ("stop_ground__isnull", False),
                    models.Q(("stop_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="card_stop_has_ground",
            ),
        ),
        migrations.AddField(
            model_name="cardrequest",
            name="card",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="request",
                to="cards.card",
            ),
        ),
        migrations.AddField(
            model_name="cardrequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="cardrequest",
            name="ground",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.ground",
                verbose_name="Ground",
            ),
        ),
        migrations.AddField(
            model_name="cardrequest",
            name="predecessor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests_to_succeed",
                to="cards.card",
            ),
        ),
        migrations.AddField(
            model_name="cardrequest",
            name="registrant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="card_requests",
                to="registry.registrant",
            ),
        ),
        migrations.AddField(
            model_name="cardrequest",
            name="requested_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="cardrules",
            name="region",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="card_rules", to="core.region"
            ),
        ),
        migrations.AddIndex(
            model_name="cardrequest",
            index=models.Index(fields=["state", "-id"], name="card_request_state"),
        ),
        migrations.AddConstraint(
            model_name="cardrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("requested", "approved"))),
                fields=("registrant",),
                name="card_request_one_open_a_registrant",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "first"), ("predecessor__isnull", True)),
                    models.Q(models.Q(("kind", "first"), _negated=True), ("predecessor__isnull", False)),
                    _connector="OR",
                ),
                name="card_request_kind_goes_with_predecessor",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("ground__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="card_request_refusal_has_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("card__isnull", False), ("state", "batched")),
                    models.Q(models.Q(("state", "batched"), _negated=True), ("card__isnull", True)),
                    _connector="OR",
                ),
                name="card_request_batched_has_card",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("approved", "refused", "batched")), _negated=True),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="card_request_decision_has_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="cardrules",
            constraint=models.CheckConstraint(
                condition=models.Q(("renewal_notice_days__range", (1, 730))), name="card_rules_notice_sane"
            ),
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
