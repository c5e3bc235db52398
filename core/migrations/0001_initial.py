import core.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.CreateModel(
            name="Province",
            fields=[
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "Province"),
                            ("prefecture", "Prefecture"),
                            ("prefecture_of_arrondissements", "Prefecture of arrondissements"),
                        ],
                        max_length=30,
                    ),
                ),
            ],
            options={
                "verbose_name": "province",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "region",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="ServiceDomain",
            fields=[
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name_en", models.CharField(max_length=200, verbose_name="English name")),
                ("position", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "service domain",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "happened_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, verbose_name="When"
                    ),
                ),
                ("action", models.CharField(max_length=80, verbose_name="Action")),
                ("actor_id", models.CharField(blank=True, max_length=40)),
                ("actor_name", models.CharField(max_length=120, verbose_name="Who")),
                ("actor_roles", models.CharField(blank=True, max_length=120)),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="From where")),
                ("region_code", models.CharField(blank=True, max_length=2, verbose_name="Region")),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.CharField(blank=True, max_length=40)),
                ("subject_label", models.CharField(blank=True, max_length=200, verbose_name="Subject")),
                ("before", models.JSONField(blank=True, default=dict, verbose_name="Before")),
                ("after", models.JSONField(blank=True, default=dict, verbose_name="After")),
                ("reason", models.TextField(blank=True, verbose_name="Reason")),
            ],
            options={
                "verbose_name": "audit event",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_subject"),
                    models.Index(fields=["region_code", "-id"], name="audit_region"),
                    models.Index(fields=["action", "-id"], name="audit_action"),
                    models.Index(fields=["actor_id", "-id"], name="audit_actor"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commune",
            fields=[
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("urban", "Urban"), ("rural", "Rural")], max_length=5)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="communes",
                        to="core.province",
                    ),
                ),
            ],
            options={
                "verbose_name": "commune",
                "ordering": ["code"],
            },
        ),
        migrations.AddField(
            model_name="province",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="provinces", to="core.region"
            ),
        ),
        migrations.CreateModel(
            name="Chamber",
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
                    "address_ar",
                    models.CharField(blank=True, max_length=200, verbose_name="Address in Arabic"),
                ),
                (
                    "address_fr",
                    models.CharField(blank=True, max_length=200, verbose_name="Address in French"),
                ),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Telephone")),
                ("logo", models.ImageField(blank=True, upload_to="chambers/", verbose_name="Logo or emblem")),
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
                        blank=True, upload_to="chambers/", verbose_name="Picture of the signature"
                    ),
                ),
                (
                    "number_format",
                    models.CharField(
                        default="{region}-{serial:06d}-{check}",
                        help_text="Working format: the official one is not published. Parts: {region}, {year}, {serial:06d}, {check}.",
                        max_length=60,
                        validators=[core.validators.validate_number_format],
                        verbose_name="Format of the registration number",
                    ),
                ),
                (
                    "card_validity_months",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="Setting of the chamber: the official length is not published.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="Validity of a card, in months",
                    ),
                ),
                (
                    "separate_maker_and_checker",
                    models.BooleanField(
                        default=True, verbose_name="The person who enters an application may not decide on it"
                    ),
                ),
                (
                    "photograph_on_verification",
                    models.BooleanField(
                        default=False, verbose_name="Show the photograph on the public check page"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chamber", to="core.region"
                    ),
                ),
            ],
            options={
                "verbose_name": "chamber of handicrafts",
                "ordering": ["region_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("card_validity_months__range", (1, 240))),
                        name="chamber_card_validity_sane",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True, verbose_name="User name")),
                ("name_ar", models.CharField(blank=True, max_length=120, verbose_name="Name in Arabic")),
                (
                    "name_latin",
                    models.CharField(blank=True, max_length=120, verbose_name="Name in Latin letters"),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail")),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Mobile telephone")),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("national_admin", "National administration"),
                                ("registrar", "Registrar"),
                                ("card_officer", "Card officer"),
                                ("regional_director", "Regional director"),
                                ("desk_agent", "Desk agent"),
                                ("partnership_officer", "Partnership officer"),
                                ("partner_admin", "Partner's administrator"),
                                ("partner_agent", "Partner's agent"),
                                ("artisan", "Artisan"),
                                ("auditor", "Auditor"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                        verbose_name="Roles",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="Active")),
                ("password_is_provisional", models.BooleanField(default=False, editable=False)),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("date_joined", models.DateTimeField(auto_now_add=True)),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.region",
                        verbose_name="Region",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["roles"], name="user_roles_gin")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "roles__overlap",
                                    ["card_officer", "desk_agent", "regional_director", "registrar"],
                                ),
                                _negated=True,
                            ),
                            ("region__isnull", False),
                            _connector="OR",
                        ),
                        name="user_regional_role_has_region",
                        violation_error_message="This role needs a region.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("roles__contains", ["artisan"]), _negated=True),
                            ("roles__len", 1),
                            _connector="OR",
                        ),
                        name="user_artisan_is_only_artisan",
                        violation_error_message="An artisan's account has no other role.",
                    ),
                ],
            },
        ),
    ]
