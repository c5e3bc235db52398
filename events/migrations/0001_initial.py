import django.contrib.postgres.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cards", "0001_initial"),
        ("core", "0001_initial"),
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuestGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("announced", "Announced, without names"),
                            ("directory", "A category of the directory"),
                            ("body_presidents", "Presidents of craft bodies"),
                            ("artisans", "Artisans of the register"),
                        ],
                        default="announced",
                        max_length=16,
                        verbose_name="Who",
                    ),
                ),
                ("criteria", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "group of guests",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.SlugField(max_length=60, unique=True)),
            ],
            options={
                "verbose_name": "programme",
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("speech", "Speech"),
                            ("presentation", "Presentation"),
                            ("card_handover", "Hand-over of cards"),
                            ("discussion", "Discussion"),
                        ],
                        max_length=14,
                        verbose_name="Kind",
                    ),
                ),
                ("title_ar", models.CharField(max_length=200, verbose_name="Title in Arabic")),
                ("title_fr", models.CharField(blank=True, max_length=200, verbose_name="Title in French")),
                (
                    "themes_ar",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "themes_fr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "recipients_ar",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "recipients_fr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "duration_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="Minutes",
                    ),
                ),
                (
                    "partners_ar",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                (
                    "partners_fr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "service_domains",
                    models.ManyToManyField(blank=True, related_name="+", to="core.servicedomain"),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duration_minutes__isnull", True),
                            ("duration_minutes__range", (1, 600)),
                            _connector="OR",
                        ),
                        name="agenda_duration_sane",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Title")),
                ("file", models.FileField(upload_to="agendas/%Y/%m/", verbose_name="File")),
                ("content_type", models.CharField(max_length=40)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="events.agendaitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Caravan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.SlugField(max_length=60, unique=True)),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="caravans", to="core.region"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caravans",
                        to="events.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "caravan",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail")),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Telephone")),
                ("name_key", models.TextField(default="", editable=False)),
            ],
            options={
                "verbose_name": "institution",
                "ordering": ["name_ar"],
                "constraints": [models.UniqueConstraint(fields=("name_ar",), name="institution_once")],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(blank=True, max_length=120, verbose_name="Name in Arabic")),
                (
                    "name_fr",
                    models.CharField(blank=True, max_length=120, verbose_name="Name in Latin letters"),
                ),
                ("title_ar", models.CharField(max_length=160, verbose_name="Function in Arabic")),
                ("title_fr", models.CharField(blank=True, max_length=160, verbose_name="Function in French")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("official", "Administration"),
                            ("chamber_member", "Member of the chamber"),
                            ("chamber_staff", "Chamber's staff"),
                            ("partner", "Partner"),
                            ("press", "Press"),
                            ("other", "Other"),
                        ],
                        default="official",
                        max_length=16,
                        verbose_name="Category",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail")),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Mobile telephone")),
                ("is_active", models.BooleanField(default=True, verbose_name="Still invited")),
                ("name_key", models.TextField(default="", editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.region",
                        verbose_name="Region",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.registrant",
                        verbose_name="Entry in the register",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guests",
                        to="events.institution",
                        verbose_name="Institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "guest",
                "ordering": ["institution__name_ar", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title_ar", ""), _negated=True), name="guest_has_title"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("institution", "title_ar", "name_ar"),
                        name="guest_once",
                        violation_error_message="This guest is in the directory already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="Order of protocol")),
                ("name_ar", models.CharField(blank=True, max_length=120, verbose_name="Name in Arabic")),
                (
                    "name_fr",
                    models.CharField(blank=True, max_length=120, verbose_name="Name in Latin letters"),
                ),
                ("title_ar", models.CharField(blank=True, max_length=160, verbose_name="Function in Arabic")),
                ("title_fr", models.CharField(blank=True, max_length=160, verbose_name="Function in French")),
                ("is_speaker", models.BooleanField(default=False, verbose_name="Speaks")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="Note")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("none", "No answer yet"),
                            ("coming", "Coming"),
                            ("not_coming", "Not coming"),
                            ("delegate", "Sends a delegate"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="Reply",
                    ),
                ),
                (
                    "delegate_name",
                    models.CharField(blank=True, max_length=120, verbose_name="Delegate's name"),
                ),
                (
                    "delegate_title",
                    models.CharField(blank=True, max_length=160, verbose_name="Delegate's function"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="Answered on")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="Withdrawn on")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitations",
                        to="events.guestgroup",
                    ),
                ),
                (
                    "guest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="events.guest",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="events.institution",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("guest__isnull", False),
                            ("registrant__isnull", False),
                            ("institution__isnull", False),
                            _connector="OR",
                        ),
                        name="invitation_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("guest__isnull", True),
                            models.Q(("title_ar", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="invitation_guest_has_title",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "none"), ("answered_at__isnull", True)),
                            models.Q(
                                models.Q(("answer", "none"), _negated=True), ("answered_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="invitation_answer_is_dated",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="speakers",
            field=models.ManyToManyField(blank=True, related_name="agenda_items", to="events.invitation"),
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("reminder", "Reminder"),
                            ("notice", "Notice of a change"),
                        ],
                        max_length=12,
                        verbose_name="Occasion",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "first_channel",
                    models.CharField(
                        choices=[("sms", "Text message"), ("email", "E-mail")],
                        default="sms",
                        max_length=6,
                        verbose_name="First by",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Under way"), ("done", "Done"), ("cancelled", "Stopped")],
                        default="running",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mailing",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("reminder", "Reminder"),
                            ("notice", "Notice of a change"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[("sms", "Text message"), ("email", "E-mail")],
                        max_length=6,
                        verbose_name="By",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Not sent"),
                            ("unreachable", "No telephone and no e-mail"),
                            ("unclear", "Not known whether it was sent"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=40)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="events.invitation",
                    ),
                ),
                (
                    "mailing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="events.mailing",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "ordering": ["invitation__position", "pk"],
                "indexes": [models.Index(fields=["mailing", "state"], name="delivery_mailing_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("invitation", "occasion", "number"), name="delivery_once_a_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "sent"),
                                ("sent_at__isnull", False),
                                models.Q(("channel", ""), _negated=True),
                            ),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_sent_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(blank=True, max_length=60, null=True, unique=True)),
                ("title_ar", models.CharField(max_length=200, verbose_name="Title in Arabic")),
                ("title_fr", models.CharField(max_length=200, verbose_name="Title in French")),
                ("purpose_ar", models.TextField(blank=True, verbose_name="Purpose in Arabic")),
                ("purpose_fr", models.TextField(blank=True, verbose_name="Purpose in French")),
                ("outcome_ar", models.TextField(blank=True, verbose_name="Outcome in Arabic")),
                ("outcome_fr", models.TextField(blank=True, verbose_name="Outcome in French")),
                ("starts_at", models.DateTimeField(verbose_name="Starts")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="Ends")),
                ("hour_entered", models.CharField(blank=True, editable=False, max_length=16)),
                ("venue_ar", models.CharField(max_length=160, verbose_name="Venue in Arabic")),
                ("venue_fr", models.CharField(max_length=160, verbose_name="Venue in French")),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100000),
                        ],
                        verbose_name="Seats",
                    ),
                ),
                (
                    "wheelchair_access",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("full", "Whole building"),
                            ("partial", "In part, or with help"),
                            ("none", "None"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="Access for wheelchairs",
                    ),
                ),
                ("map_url", models.URLField(blank=True, max_length=400, verbose_name="Link to a map")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("scheduled", "Scheduled"),
                            ("announced", "Announced"),
                            ("under_way", "Under way"),
                            ("held", "Held"),
                            ("closed", "Closed"),
                            ("postponed", "Postponed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="scheduled",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("venue", "The venue is not available"),
                            ("weather", "The weather or the roads"),
                            ("public_day", "A public holiday or an official event"),
                            ("organiser", "At the organiser's request"),
                            ("unready", "The preparation is not finished"),
                            ("other", "Another ground"),
                        ],
                        max_length=12,
                        verbose_name="Ground",
                    ),
                ),
                ("ground_note", models.TextField(blank=True, verbose_name="In words, for those invited")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("agenda_version", models.PositiveIntegerField(default=1, editable=False)),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "caravan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="events.caravan",
                        verbose_name="Caravan",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="core.commune", verbose_name="Commune"
                    ),
                ),
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
                    "director",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Led by",
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
                "verbose_name": "outreach meeting",
                "ordering": ["-starts_at"],
                "indexes": [models.Index(fields=["region", "starts_at"], name="meeting_region_start")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__isnull", True), ("ends_at__gt", models.F("starts_at")), _connector="OR"
                        ),
                        name="meeting_ends_after_start",
                        violation_error_message="A meeting ends after it starts.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("caravan", "starts_at", "venue_ar"),
                        name="meeting_once",
                        violation_error_message="This meeting is scheduled already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("postponed", "cancelled")), _negated=True),
                            models.Q(
                                models.Q(("ground", ""), _negated=True),
                                models.Q(("ground_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_off_has_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capacity__isnull", True), ("capacity__range", (1, 100000)), _connector="OR"
                        ),
                        name="meeting_capacity_sane",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="mailing",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mailings", to="events.meeting"
            ),
        ),
        migrations.CreateModel(
            name="LetterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(default="ar", max_length=2, verbose_name="Language")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "Under way"), ("done", "Done"), ("cancelled", "Stopped")],
                        default="running",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("file", models.FileField(blank=True, upload_to="invitations/%Y/%m/")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
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
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.guestgroup",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_files",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "letters",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("file", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letter_file_done_has_file",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="events.meeting"
            ),
        ),
        migrations.AddField(
            model_name="guestgroup",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="guest_groups", to="events.meeting"
            ),
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(blank=True, max_length=120, verbose_name="Task")),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "duty at a meeting",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "user"),
                        name="duty_once",
                        violation_error_message="This person is on duty at this meeting already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckInList",
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
                        choices=[("door", "Door"), ("cards", "Card desk"), ("stand", "Partner's stand")],
                        default="stand",
                        max_length=5,
                        verbose_name="Kind",
                    ),
                ),
                ("name_ar", models.CharField(blank=True, max_length=120, verbose_name="Name in Arabic")),
                ("name_fr", models.CharField(blank=True, max_length=120, verbose_name="Name in French")),
                (
                    "admission",
                    models.CharField(
                        choices=[
                            ("everyone", "Everybody on the region's register, and all who are invited"),
                            ("invited", "Only those invited"),
                            ("holders", "Only holders of a valid card"),
                        ],
                        default="everyone",
                        max_length=8,
                        verbose_name="Who may enter",
                    ),
                ),
                ("counts_once", models.BooleanField(default=True, verbose_name="Each person once")),
                ("after_door", models.BooleanField(default=False, verbose_name="Only who passed the door")),
                (
                    "takes_walk_ins",
                    models.BooleanField(default=False, verbose_name="Takes people who are on no list"),
                ),
                ("hands_over", models.BooleanField(default=False, verbose_name="Cards are handed over here")),
                ("is_open", models.BooleanField(default=True, verbose_name="Open")),
                (
                    "agents",
                    models.ManyToManyField(
                        blank=True,
                        related_name="check_in_lists",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Who works here",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lists", to="events.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in list",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ("door", "cards"))),
                        fields=("meeting", "kind"),
                        name="list_single_kind_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("name_ar", ""), _negated=True),
                        fields=("meeting", "name_ar"),
                        name="list_name_once",
                        violation_error_message="This meeting has a list of that name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "stand"), _negated=True),
                            models.Q(("name_ar", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="list_stand_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "door"), _negated=True),
                            models.Q(("after_door", False), ("counts_once", True)),
                            _connector="OR",
                        ),
                        name="list_door_rules",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "delegate_name",
                    models.CharField(blank=True, max_length=120, verbose_name="Delegate's name"),
                ),
                (
                    "delegate_title",
                    models.CharField(blank=True, max_length=160, verbose_name="Delegate's function"),
                ),
                ("counts_once", models.BooleanField(default=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("camera", "Camera"),
                            ("scanner", "Hand scanner or keyboard"),
                            ("name", "Chosen from a list of names"),
                        ],
                        max_length=8,
                    ),
                ),
                ("checked_in_at", models.DateTimeField(auto_now_add=True, verbose_name="Present since")),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undo_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="cards.card",
                    ),
                ),
                (
                    "checked_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hand_over",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_in",
                        to="cards.handover",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="registry.registrant",
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="brought",
                        to="events.checkin",
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
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="events.checkinlist",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="events.invitation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "check-in",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["meeting", "checked_in_at"], name="check_in_by_minute")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("counts_once", True), ("undone_at__isnull", True)),
                        fields=("list", "registrant"),
                        name="check_in_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("counts_once", True), ("undone_at__isnull", True)),
                        fields=("list", "invitation"),
                        name="check_in_invitation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            models.Q(
                                models.Q(("undo_reason", ""), _negated=True), ("undone_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="check_in_undone_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CeremonyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "Member of the chamber"),
                            ("president", "President of a craft body"),
                            ("artisan", "Artisan"),
                        ],
                        default="artisan",
                        max_length=9,
                        verbose_name="Called as",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.registrant",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ceremony",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "card given on the stage",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "registrant"), name="ceremony_once"),
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("meeting", "position"),
                        name="ceremony_position_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="events.meeting"
            ),
        ),
        migrations.CreateModel(
            name="MeetingPhotograph",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="Order")),
                ("file", models.FileField(upload_to="meetings/%Y/%m/", verbose_name="Photograph")),
                ("caption_ar", models.CharField(max_length=200, verbose_name="Caption in Arabic")),
                (
                    "caption_fr",
                    models.CharField(blank=True, max_length=200, verbose_name="Caption in French"),
                ),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("none", "Not asked yet: kept inside the chamber"),
                            ("nobody", "Nobody can be recognised"),
                            ("given", "Everybody who can be recognised agreed"),
                        ],
                        default="none",
                        max_length=6,
                        verbose_name="Consent",
                    ),
                ),
                (
                    "consent_note",
                    models.CharField(blank=True, max_length=200, verbose_name="How it was given"),
                ),
                ("is_public", models.BooleanField(default=False, verbose_name="On the public page")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photographs",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "photograph",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("meeting", "position"),
                        name="photograph_position_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_public", False),
                            models.Q(("consent", "none"), _negated=True),
                            _connector="OR",
                        ),
                        name="photograph_public_with_consent",
                        violation_error_message="A photograph is shown to the public only with consent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent", "given"), _negated=True),
                            models.Q(("consent_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="photograph_consent_says_how",
                        violation_error_message="Say how the people in it agreed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("caption_ar", ""), _negated=True), name="photograph_has_caption"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("is_national", models.BooleanField(default=False)),
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
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="template",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of meetings",
                "ordering": ["name_ar"],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
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
                        choices=[("draft", "Being written"), ("approved", "Approved")],
                        default="draft",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                ("sections", models.JSONField(blank=True, default=dict)),
                ("not_held", models.JSONField(blank=True, default=list)),
                ("frozen", models.JSONField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="Approved on")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="minutes",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "minutes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True),
                                ("approved_by__isnull", True),
                                ("frozen__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("frozen__isnull", False),
                                ("state", "approved"),
                            ),
                            _connector="OR",
                        ),
                        name="minutes_approved_are_frozen",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesAnnex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="Title of the annex")),
                ("file", models.FileField(upload_to="minutes/%Y/%m/", verbose_name="Scan")),
                ("content_type", models.CharField(max_length=40)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="events.minutes",
                    ),
                ),
            ],
            options={
                "verbose_name": "annex of the minutes",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("file", ""), _negated=True)
                        ),
                        name="minutes_annex_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MinutesVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("changes", models.JSONField(default=list)),
                ("saved_at", models.DateTimeField(auto_now_add=True)),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="events.minutes",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("minutes", "number"), name="minutes_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(("changes", []), _negated=True), name="minutes_version_says_what"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organiser",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                (
                    "role",
                    models.CharField(
                        choices=[("organiser", "Organiser"), ("partner", "In partnership with")],
                        max_length=10,
                        verbose_name="Role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="organisers",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="PreparationTask",
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
                            ("room", "Room"),
                            ("cards", "Cards"),
                            ("lists", "Lists"),
                            ("guests", "Guests"),
                            ("team", "Team"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=8,
                        verbose_name="Kind",
                    ),
                ),
                ("title_ar", models.CharField(max_length=160, verbose_name="In Arabic")),
                ("title_fr", models.CharField(blank=True, max_length=160, verbose_name="In French")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="To be done by")),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="events.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "title_ar"),
                        name="task_once",
                        violation_error_message="This is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_done_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PressRelease",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("fr", "French")], max_length=2, verbose_name="Language"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("body", models.TextField(verbose_name="Text")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being written"), ("published", "Published")],
                        default="draft",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="Published on")),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="press_releases",
                        to="events.meeting",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "press release",
                "ordering": ["language"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "language"), name="press_release_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("body", ""), _negated=True)
                        ),
                        name="press_release_has_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "published"), ("published_at__isnull", True), _connector="XOR"
                        ),
                        name="press_release_published_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="Question")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To answer"), ("answered", "Answered")],
                        default="open",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                (
                    "answerer_name",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="Who answers, if not on the list"
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="Answer")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="Asked")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "answerer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="events.invitation",
                        verbose_name="Who answers",
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.servicedomain",
                        verbose_name="Service domain",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="events.meeting",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "question from the floor",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="question_has_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="question_answered_has_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                        choices=[("decision", "Decision"), ("question", "Answer promised")],
                        default="decision",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(verbose_name="What is to be done")),
                ("owner_name", models.CharField(max_length=160, verbose_name="Who sees to it")),
                ("due_on", models.DateField(verbose_name="To be done by")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="Done on")),
                ("outcome", models.TextField(blank=True, verbose_name="What came of it")),
                ("reminded_on", models.DateField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Account of the portal",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="events.meeting",
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_up",
                        to="events.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("owner_name", ""), _negated=True)
                        ),
                        name="follow_up_has_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "question"), ("question__isnull", True), _connector="XOR"
                        ),
                        name="follow_up_of_question",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_up_done_has_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("recorded", "Presence recorded"),
                            ("already_in", "Already in"),
                            ("not_invited", "Not invited"),
                            ("wrong_meeting", "Invited to another meeting"),
                            ("not_at_door", "Not yet through the door"),
                            ("card_needed", "No valid card"),
                            ("wrong_region", "Card of another region"),
                            ("stopped_card", "Revoked card"),
                            ("expired_card", "Expired card"),
                            ("unknown", "Unknown card"),
                            ("forged", "Not a card of ours"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("camera", "Camera"),
                            ("scanner", "Hand scanner or keyboard"),
                            ("name", "Chosen from a list of names"),
                        ],
                        max_length=8,
                    ),
                ),
                ("scanned_at", models.DateTimeField(auto_now_add=True)),
                (
                    "card",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cards.card",
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="events.checkin",
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="events.invitation",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="events.checkinlist",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scans", to="events.meeting"
                    ),
                ),
                (
                    "scanned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-scanned_at"],
                "indexes": [
                    models.Index(fields=["list", "scanned_by", "-scanned_at"], name="scan_desk_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("check_in__isnull", True),
                                (
                                    "result__in",
                                    (
                                        "not_invited",
                                        "wrong_meeting",
                                        "not_at_door",
                                        "card_needed",
                                        "wrong_region",
                                        "stopped_card",
                                        "expired_card",
                                        "unknown",
                                        "forged",
                                    ),
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "result__in",
                                        (
                                            "not_invited",
                                            "wrong_meeting",
                                            "not_at_door",
                                            "card_needed",
                                            "wrong_region",
                                            "stopped_card",
                                            "expired_card",
                                            "unknown",
                                            "forged",
                                        ),
                                    ),
                                    _negated=True,
                                ),
                                ("check_in__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="scan_refused_or_present",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WalkIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Telephone")),
                ("draft_key", models.UUIDField(blank=True, null=True, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.commune",
                        verbose_name="Commune",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walk_ins",
                        to="events.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "walk-in",
                "ordering": ["created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="walk_in_has_name"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="checkin",
            name="walk_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="check_ins",
                to="events.walkin",
            ),
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("region", "Every meeting that I may see"),
                            ("own", "Meetings that I lead or work at"),
                        ],
                        max_length=8,
                        verbose_name="What it shows",
                    ),
                ),
                ("language", models.CharField(default="ar", max_length=2, verbose_name="Language")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.region",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar address",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("user", "scope", "region", "language"),
                        name="feed_one_in_force",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(fields=("meeting", "occasion", "number"), name="mailing_once"),
        ),
        migrations.AddConstraint(
            model_name="mailing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "running")), fields=("meeting",), name="mailing_one_at_a_time"
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
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("meeting", "position"),
                name="agenda_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(
                condition=models.Q(("counts_once", True), ("undone_at__isnull", True)),
                fields=("list", "walk_in"),
                name="check_in_walk_in_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registrant__isnull", False),
                    ("invitation__isnull", False),
                    ("walk_in__isnull", False),
                    _connector="OR",
                ),
                name="check_in_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("delegate_name", ""), ("walk_in__isnull", True), _connector="OR"),
                name="check_in_delegate_of_somebody_known",
            ),
        ),
    ]
