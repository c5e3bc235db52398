import cards.card_design.colours
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CardBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name of the batch")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "To look at before it is made"),
                            ("queued", "Waiting"),
                            ("running", "Being made"),
                            ("made", "Ready to print"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("name", "By name"),
                            ("commune", "By commune, then by name"),
                            ("as_given", "In the order of the list given"),
                        ],
                        default="name",
                        max_length=10,
                        verbose_name="Order of the cards",
                    ),
                ),
                ("cards_total", models.PositiveIntegerField(verbose_name="Cards")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created")),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("file", models.FileField(blank=True, upload_to="batches/")),
                ("file_sha256", models.CharField(blank=True, max_length=64)),
                ("last_error", models.TextField(blank=True)),
                ("blanks_in", models.PositiveIntegerField(default=0, verbose_name="Blanks counted in")),
                ("good", models.PositiveIntegerField(default=0)),
                ("spoiled", models.PositiveIntegerField(default=0)),
                ("blanks_left", models.PositiveIntegerField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="core.region", verbose_name="Region"
                    ),
                ),
            ],
            options={
                "verbose_name": "card batch",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["region", "-id"], name="batch_region")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("made", "closed")), _negated=True),
                            models.Q(models.Q(("file", ""), _negated=True), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="batch_made_has_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "blanks_in__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("good"), "+", models.F("spoiled")
                                ),
                            )
                        ),
                        name="batch_uses_blanks_it_has",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(
                                (
                                    "blanks_in",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("good"), "+", models.F("spoiled")
                                        ),
                                        "+",
                                        models.F("blanks_left"),
                                    ),
                                ),
                                ("blanks_left__isnull", False),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="batch_closed_balances",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("file", ""), ("good", 0)),
                            _connector="OR",
                        ),
                        name="batch_cancelled_unprinted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cards_total__gt", 0)), name="batch_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("serial", models.CharField(max_length=20, unique=True, verbose_name="Serial number")),
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
                    "state",
                    models.CharField(
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
                ("position", models.PositiveIntegerField()),
                ("box", models.PositiveIntegerField(verbose_name="Box")),
                ("slot", models.PositiveIntegerField(verbose_name="Slot")),
                ("issued_on", models.DateField(verbose_name="Date of issue")),
                ("valid_until", models.DateField(verbose_name="Valid until")),
                ("face", models.JSONField(default=dict)),
                ("photograph", models.CharField(blank=True, max_length=200)),
                ("token", models.TextField(blank=True)),
                (
                    "fitting",
                    models.CharField(
                        choices=[
                            ("whole", "Every text fits"),
                            ("shrunk", "A text is smaller than planned"),
                            ("cut", "A text does not fit"),
                        ],
                        default="whole",
                        max_length=8,
                    ),
                ),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("stop_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="cards.card",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="registry.registrant",
                    ),
                ),
                (
                    "stop_ground",
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
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="cards.cardbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "professional card",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["state", "-id"], name="card_state"),
                    models.Index(
                        condition=models.Q(("state", "handed_over")),
                        fields=["valid_until"],
                        name="card_running_out",
                    ),
                    models.Index(
                        condition=models.Q(("fitting", "whole"), _negated=True),
                        fields=["batch"],
                        name="card_misfits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
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
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("in_batch", "printed", "checked", "in_box"))),
                        fields=("registrant",),
                        name="card_one_coming_a_registrant",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("predecessor",),
                        name="card_one_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "first"), ("predecessor__isnull", True)),
                            models.Q(
                                models.Q(("kind", "first"), _negated=True), ("predecessor__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="card_kind_goes_with_predecessor",
                    ),
                    models.UniqueConstraint(fields=("batch", "position"), name="card_position_once"),
                    models.UniqueConstraint(fields=("batch", "box", "slot"), name="card_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("issued_on"))),
                        name="card_valid_after_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("in_batch", "printed", "checked", "in_box", "handed_over")),
                            ("stopped_at__isnull", False),
                            _connector="OR",
                        ),
                        name="card_stop_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("lost", "stolen", "damaged", "replaced", "revoked")),
                                _negated=True,
                            ),
                            ("stop_ground__isnull", False),
                            models.Q(("stop_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="card_stop_has_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("first_position", models.PositiveIntegerField()),
                ("last_position", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Waiting"), ("made", "Made")], default="pending", max_length=8
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="chunks/")),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.TextField(blank=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="cards.cardbatch",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "number"), name="chunk_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first_position__lte", models.F("last_position"))),
                        name="chunk_holds_cards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "made"), _negated=True),
                            models.Q(models.Q(("file", ""), _negated=True), ("made_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="chunk_made_has_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardPrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField()),
                (
                    "outcome",
                    models.CharField(choices=[("good", "Good"), ("spoiled", "Spoiled")], max_length=8),
                ),
                (
                    "spoiled_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("feed", "Jam or bad feed"),
                            ("colour", "Ribbon, colour or line"),
                            ("place", "Print out of place"),
                            ("blank", "Faulty blank"),
                            ("card", "Fault in the card's content"),
                            ("other", "Another fault"),
                        ],
                        max_length=10,
                        verbose_name="What went wrong",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("scan", "Scanned"),
                            ("number", "By number"),
                            ("receipt", "Printer's receipt"),
                        ],
                        max_length=8,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prints", to="cards.card"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "print of a card",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("card", "attempt"), name="print_attempt_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "good")), fields=("card",), name="print_good_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attempt__gte", 1)), name="print_attempt_counts_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "spoiled"), ("spoiled_by", ""), _connector="XOR"),
                        name="print_spoiled_by_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardPrinter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="Name of the printer")),
                (
                    "right_mm",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(-5),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="Moved to the right, in millimetres",
                    ),
                ),
                (
                    "down_mm",
                    models.DecimalField(
                        decimal_places=2,
                        default=0,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(-5),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="Moved down, in millimetres",
                    ),
                ),
                (
                    "scale_x",
                    models.DecimalField(
                        decimal_places=4,
                        default=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0.95),
                            django.core.validators.MaxValueValidator(1.05),
                        ],
                        verbose_name="Scale across",
                    ),
                ),
                (
                    "scale_y",
                    models.DecimalField(
                        decimal_places=4,
                        default=1,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0.95),
                            django.core.validators.MaxValueValidator(1.05),
                        ],
                        verbose_name="Scale down",
                    ),
                ),
                (
                    "back_upside_down",
                    models.BooleanField(default=False, verbose_name="Backs come out upside down"),
                ),
                (
                    "bleed",
                    models.BooleanField(
                        default=True,
                        help_text="By 0.5 mm on each side. Off: pages of exactly 85.60 x 53.98 mm.",
                        verbose_name="Pages reach over the edge",
                    ),
                ),
                ("measured_at", models.DateTimeField(blank=True, null=True, verbose_name="Measured")),
                ("retired", models.BooleanField(default=False, verbose_name="No longer in use")),
                (
                    "measured_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.region",
                        verbose_name="Region",
                    ),
                ),
            ],
            options={
                "verbose_name": "card printer",
                "ordering": ["retired", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "name"), name="printer_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("right_mm__range", (-5, 5)),
                            ("down_mm__range", (-5, 5)),
                            ("scale_x__range", (0.95, 1.05)),
                            ("scale_y__range", (0.95, 1.05)),
                        ),
                        name="printer_values_are_small",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "layout",
                    models.CharField(
                        choices=[
                            ("cards", "Cards, one page a side, for a card printer"),
                            ("sheets", "Sheets of A4 with ten cards"),
                            ("contact", "Contact sheet"),
                            ("bordereau", "Hand-over sheets by box"),
                            ("package", "Package for an outside printer"),
                        ],
                        max_length=10,
                        verbose_name="What",
                    ),
                ),
                (
                    "duplex",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("long_edge", "Turned over the long edge"),
                            ("short_edge", "Turned over the short edge"),
                        ],
                        max_length=10,
                        verbose_name="Backs",
                    ),
                ),
                ("adjustment", models.JSONField(blank=True, default=dict)),
                ("ranges", models.JSONField(default=list)),
                ("language", models.CharField(default="ar", max_length=2)),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Being made"), ("made", "Ready"), ("cancelled", "Given up")],
                        default="pending",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("file", models.FileField(blank=True, upload_to="batches/")),
                ("size", models.PositiveBigIntegerField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("sealed", models.TextField(blank=True)),
                ("last_error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Asked for")),
                ("made_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="cards.cardbatch",
                    ),
                ),
                (
                    "printer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cards.cardprinter",
                        verbose_name="Printer",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a batch",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "made"), _negated=True),
                            models.Q(
                                models.Q(("file", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                                ("made_at__isnull", False),
                                ("size__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="batch_file_made_is_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sealed", ""),
                            models.Q(("layout", "package"), ("state", "pending")),
                            _connector="OR",
                        ),
                        name="batch_file_sealed_until_made",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("layout", "sheets"), ("duplex", ""), _connector="XOR"),
                        name="batch_file_sheets_have_duplex",
                    ),
                ],
            },
        ),
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
                (
                    "card",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to="cards.card",
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
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests_to_succeed",
                        to="cards.card",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_requests",
                        to="registry.registrant",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "card request",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["state", "-id"], name="card_request_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("requested", "approved"))),
                        fields=("registrant",),
                        name="card_request_one_open_a_registrant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "first"), ("predecessor__isnull", True)),
                            models.Q(
                                models.Q(("kind", "first"), _negated=True), ("predecessor__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="card_request_kind_goes_with_predecessor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("ground__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="card_request_refusal_has_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("card__isnull", False), ("state", "batched")),
                            models.Q(models.Q(("state", "batched"), _negated=True), ("card__isnull", True)),
                            _connector="OR",
                        ),
                        name="card_request_batched_has_card",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("approved", "refused", "batched")), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="card_request_decision_has_author",
                    ),
                ],
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
                (
                    "checks_a_day",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(9999),
                        ],
                        verbose_name="Checks of one card in a day from which the card officer is told",
                    ),
                ),
                (
                    "far_checks_minutes",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="Minutes within which checks of one card in far regions are told of",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_rules",
                        to="core.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of the cards",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("renewal_notice_days__range", (1, 730))),
                        name="card_rules_notice_sane",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checks_a_day__gte", 2), ("far_checks_minutes__range", (1, 1440))
                        ),
                        name="card_rules_unusual_sane",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DesignVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="Version")),
                ("chamber", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="core.region", verbose_name="Region"
                    ),
                ),
            ],
            options={
                "verbose_name": "design of cards",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "number"), name="design_version_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="cardbatch",
            name="design",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="cards.designversion",
                verbose_name="Design",
            ),
        ),
        migrations.CreateModel(
            name="HandOverFailure",
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
                        choices=[("refused", "Refused at the counter"), ("returned", "Brought back")],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="In words")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="failures", to="cards.card"
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.ground",
                        verbose_name="Ground",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over that failed",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="KindDesign",
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
                            ("artisan", "Artisan"),
                            ("master_artisan", "Master artisan"),
                            ("cooperative", "Craft cooperative"),
                            ("enterprise", "Craft enterprise"),
                        ],
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "band",
                    models.CharField(
                        max_length=7,
                        validators=[cards.card_design.colours.validate_colour],
                        verbose_name="Colour of the band",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        max_length=7,
                        validators=[cards.card_design.colours.validate_colour],
                        verbose_name="Colour of lines and of the kind",
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        max_length=7,
                        validators=[cards.card_design.colours.validate_colour],
                        verbose_name="Colour of the ground",
                    ),
                ),
                (
                    "authority_ar",
                    models.CharField(blank=True, max_length=120, verbose_name="Ministry in Arabic"),
                ),
                (
                    "authority_fr",
                    models.CharField(blank=True, max_length=120, verbose_name="Ministry in French"),
                ),
                (
                    "chamber_ar",
                    models.CharField(blank=True, max_length=120, verbose_name="Chamber in Arabic"),
                ),
                (
                    "chamber_fr",
                    models.CharField(blank=True, max_length=120, verbose_name="Chamber in French"),
                ),
                (
                    "found_ar",
                    models.CharField(blank=True, max_length=200, verbose_name="If found, in Arabic"),
                ),
                (
                    "found_fr",
                    models.CharField(blank=True, max_length=200, verbose_name="If found, in French"),
                ),
                (
                    "logo",
                    models.ImageField(blank=True, upload_to="card-designs/", verbose_name="Logo or emblem"),
                ),
                (
                    "signatory_name_ar",
                    models.CharField(blank=True, max_length=120, verbose_name="Signatory's name in Arabic"),
                ),
                (
                    "signatory_name_fr",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="Signatory's name in Latin letters"
                    ),
                ),
                (
                    "signatory_title_ar",
                    models.CharField(blank=True, max_length=120, verbose_name="Signatory's title in Arabic"),
                ),
                (
                    "signatory_title_fr",
                    models.CharField(blank=True, max_length=120, verbose_name="Signatory's title in French"),
                ),
                (
                    "signature",
                    models.ImageField(
                        blank=True, upload_to="card-designs/", verbose_name="Picture of the signature"
                    ),
                ),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="Validity of a card, in months",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kinds",
                        to="cards.designversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "design of a kind",
                "ordering": ["version", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "kind"), name="kind_design_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("band__regex", "^#[0-9a-f]{6}$"),
                            ("accent__regex", "^#[0-9a-f]{6}$"),
                            ("paper__regex", "^#[0-9a-f]{6}$"),
                        ),
                        name="kind_design_colours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("validity_months__isnull", True),
                            ("validity_months__range", (1, 240)),
                            _connector="OR",
                        ),
                        name="kind_design_validity_sane",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="List")),
                ("people", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                    ),
                ),
            ],
            options={
                "verbose_name": "list of people",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="PrintReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="File")),
                ("sha256", models.CharField(max_length=64)),
                ("lines", models.JSONField(default=list)),
                ("errors", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("entered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipts",
                        to="cards.cardbatch",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "printer's receipt",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entered_at__isnull", False)),
                        fields=("batch", "sha256"),
                        name="receipt_entered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_at__isnull", True), ("entered_by__isnull", False), _connector="OR"
                        ),
                        name="receipt_entered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="Name of the proxy")),
                ("national_id", models.CharField(max_length=16, verbose_name="Identity number of the proxy")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("spouse", "Husband or wife"),
                            ("parent", "Father or mother"),
                            ("child", "Son or daughter"),
                            ("sibling", "Brother or sister"),
                            ("member", "Member of the same cooperative or enterprise"),
                            ("official", "Official of a craft body or an association"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="Relation to the holder",
                    ),
                ),
                ("power", models.FileField(upload_to="powers/%Y/%m/", verbose_name="Picture of the power")),
                ("power_type", models.CharField(max_length=20)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                    ),
                ),
            ],
            options={
                "verbose_name": "proxy",
                "indexes": [models.Index(fields=["region", "national_id"], name="proxy_identity")],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handed_over_at", models.DateTimeField(auto_now_add=True, verbose_name="Handed over")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="Place")),
                (
                    "signature",
                    models.FileField(blank=True, upload_to="signatures/%Y/%m/", verbose_name="Signature"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undo_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="cards.card",
                    ),
                ),
                (
                    "handed_over_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "renewed_card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cards.card",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proxy",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over",
                        to="cards.proxy",
                    ),
                ),
            ],
            options={
                "verbose_name": "hand-over",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["handed_over_by", "-id"], name="hand_over_by")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("card",),
                        name="hand_over_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            models.Q(
                                models.Q(("undo_reason", ""), _negated=True), ("undone_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="hand_over_undone_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Being sent"), ("done", "Done"), ("cancelled", "Cancelled")],
                        default="running",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("total", models.PositiveIntegerField(verbose_name="Holders to write to")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Created")),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                    ),
                ),
            ],
            options={
                "verbose_name": "reminders",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("region",),
                        name="reminder_run_one_a_region",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CardNotice",
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
                        choices=[("reminder", "The card waits"), ("handed_over", "The card was handed over")],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Not sent"),
                            ("unknown", "Perhaps sent"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(blank=True, choices=[("sms", "SMS"), ("email", "E-mail")], max_length=8),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="cards.card"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="cards.reminderrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "message to a holder",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["run", "state"], name="card_notice_run")],
                "constraints": [
                    models.UniqueConstraint(fields=("card", "kind", "number"), name="card_notice_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent"), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="card_notice_sent_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnusualCheck",
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
                            ("many", "Checked very often in one day"),
                            ("far", "Checked in far regions within a short time"),
                            ("in_box", "Checked though it was not handed over yet"),
                        ],
                        max_length=8,
                        verbose_name="What was noticed",
                    ),
                ),
                ("first_at", models.DateTimeField(auto_now_add=True, verbose_name="First noticed")),
                ("last_at", models.DateTimeField(verbose_name="Last noticed")),
                ("count", models.PositiveIntegerField(default=1, verbose_name="How many times")),
                (
                    "regions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Regions",
                    ),
                ),
                ("dismissed_at", models.DateTimeField(blank=True, null=True)),
                ("dismissal", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unusual_checks",
                        to="cards.card",
                    ),
                ),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "unusual check",
                "ordering": ["-last_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("dismissed_at__isnull", True)),
                        fields=["-last_at"],
                        name="unusual_check_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dismissed_at__isnull", True)),
                        fields=("card", "kind"),
                        name="unusual_check_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dismissed_at__isnull", True),
                            models.Q(
                                ("dismissed_by__isnull", False), models.Q(("dismissal", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="unusual_check_dismissed_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1)), name="unusual_check_counted"
                    ),
                ],
            },
        ),
    ]
