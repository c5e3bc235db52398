import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import registry.models.photograph
import registry.models.registrant
import registry.models.rules
import registry.models.saved_filter
import core.validators
import registry.validators
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_initial"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="CraftBranch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.CharField(max_length=10)),
                ("class_code", models.CharField(max_length=4)),
                ("class_name_ar", models.CharField(max_length=120)),
                ("class_name_fr", models.CharField(max_length=120)),
            ],
            options={
                "verbose_name": "branch of crafts",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="FigureSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="As of")),
                ("registered", models.PositiveIntegerField(verbose_name="On the register")),
                ("milliseconds", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "figures",
                "get_latest_by": "taken_at",
            },
        ),
        migrations.CreateModel(
            name="Registrant",
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
                        default="artisan",
                        max_length=20,
                        verbose_name="Kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("candidate", "Not yet registered"),
                            ("registered", "Registered"),
                            ("suspended", "Suspended"),
                            ("struck_off", "Struck off"),
                            ("reinstated", "Reinstated"),
                        ],
                        default="candidate",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                (
                    "nia",
                    models.CharField(
                        blank=True,
                        max_length=24,
                        null=True,
                        unique=True,
                        verbose_name="Registration number (NIA)",
                    ),
                ),
                (
                    "nia_compact",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Upper("nia"),
                            models.Value("[^A-Z0-9]"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                        ),
                        output_field=models.CharField(max_length=24, null=True),
                        unique=True,
                    ),
                ),
                (
                    "address",
                    models.CharField(blank=True, max_length=200, verbose_name="Address of the workplace"),
                ),
                ("given_name_ar", models.CharField(max_length=60, verbose_name="Given name in Arabic")),
                ("family_name_ar", models.CharField(max_length=60, verbose_name="Family name in Arabic")),
                (
                    "given_name_latin",
                    models.CharField(max_length=60, verbose_name="Given name in Latin letters"),
                ),
                (
                    "family_name_latin",
                    models.CharField(max_length=60, verbose_name="Family name in Latin letters"),
                ),
                (
                    "organisation_name_ar",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="Organisation's name in Arabic"
                    ),
                ),
                (
                    "organisation_name_latin",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="Organisation's name in Latin letters"
                    ),
                ),
                ("name_key", models.TextField(editable=False)),
                (
                    "gender",
                    models.CharField(
                        choices=[("female", "Woman"), ("male", "Man")], max_length=6, verbose_name="Gender"
                    ),
                ),
                (
                    "birth_date",
                    models.DateField(
                        validators=[registry.validators.validate_birth_date], verbose_name="Birth date"
                    ),
                ),
                ("national_id", models.CharField(max_length=8, verbose_name="National identity number")),
                (
                    "phone",
                    models.CharField(
                        max_length=16,
                        validators=[core.validators.validate_phone],
                        verbose_name="Mobile telephone",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail")),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("photograph_missing", "Photograph missing"),
                                ("document_missing", "Document missing"),
                                ("possible_duplicate", "Possible duplicate"),
                                ("supervisor_lost", "Supervisor lost"),
                                ("card_uncollected", "Card uncollected"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="Flags",
                    ),
                ),
                (
                    "card_standing",
                    models.CharField(
                        choices=[
                            ("none", "No card"),
                            ("ordered", "Card ordered"),
                            ("made", "Card made, not handed over"),
                            ("handed_over", "Card handed over"),
                            ("stopped", "Card stopped"),
                        ],
                        default="none",
                        editable=False,
                        max_length=12,
                        verbose_name="Card",
                    ),
                ),
                ("card_standing_since", models.DateField(editable=False, null=True)),
                (
                    "photograph",
                    registry.models.photograph.PhotographField(
                        blank=True, upload_to="photographs/%Y/%m/", verbose_name="Photograph"
                    ),
                ),
                ("photograph_hash", models.BigIntegerField(blank=True, editable=False, null=True)),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="Registered on")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="Registration valid until"),
                ),
                ("erased_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "commune",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.commune",
                        verbose_name="Commune",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="registry.registrant",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.region",
                        verbose_name="Region",
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervised",
                        to="registry.registrant",
                        verbose_name="Supervising artisan",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="registrant",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "registrant",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        models.F("commune"),
                        registry.models.registrant.ArabicNameKey(models.F("name_key")),
                        name="registrant_commune_name",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        registry.models.photograph.PhotographBands(models.F("photograph_hash")),
                        condition=models.Q(("photograph_hash__isnull", False)),
                        name="registrant_photograph_bands",
                    ),
                    models.Index(fields=["region", "-id"], name="registrant_region"),
                    models.Index(fields=["region", "state", "-id"], name="registrant_region_state"),
                    models.Index(fields=["national_id"], name="registrant_national_id"),
                    models.Index(fields=["phone"], name="registrant_phone"),
                    models.Index(fields=["birth_date"], name="registrant_birth_date"),
                    django.contrib.postgres.indexes.GinIndex(fields=["flags"], name="registrant_flags"),
                    models.Index(
                        condition=models.Q(("valid_until__isnull", False)),
                        fields=["region", "valid_until"],
                        name="registrant_renewal",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("nia__isnull", True), ("registered_on__isnull", True), ("state", "candidate")
                            ),
                            models.Q(
                                models.Q(("state", "candidate"), _negated=True),
                                ("nia__isnull", False),
                                ("registered_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="registrant_number_goes_with_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("cooperative", "enterprise")), _negated=True),
                            models.Q(
                                models.Q(("organisation_name_ar", ""), _negated=True),
                                models.Q(("organisation_name_latin", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="registrant_organisation_has_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "enterprise"), _negated=True),
                            ("supervisor__isnull", False),
                            _connector="OR",
                        ),
                        name="registrant_enterprise_has_supervisor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supervisor", models.F("id")), _negated=True),
                        name="registrant_supervisor_is_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("national_id__regex", "^[A-Z]{1,2}[0-9]{1,7}$"),
                            models.Q(("erased_at__isnull", False), ("national_id", "")),
                            _connector="OR",
                        ),
                        name="registrant_national_id_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_key__regex", "^([^|]*\\|){5}[^|]*$")),
                        name="registrant_name_key_form",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            ("kind__in", ("artisan", "master_artisan")),
                            ("merged_into__isnull", True),
                        ),
                        fields=("national_id",),
                        name="registrant_national_id_once",
                        violation_error_message="Somebody with this identity number is on file already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(
                                models.Q(("merged_into", models.F("id")), _negated=True),
                                ("state__in", ["candidate", "struck_off"]),
                            ),
                            _connector="OR",
                        ),
                        name="registrant_merged_is_out_of_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="registry.registrant",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("to_correct", "To correct"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="State",
                    ),
                ),
                (
                    "tracking_number",
                    models.CharField(max_length=16, unique=True, verbose_name="Tracking number"),
                ),
                ("consent_at", models.DateTimeField(blank=True, null=True, verbose_name="Consent recorded")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="Entered")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="Submitted")),
                ("returned_at", models.DateTimeField(blank=True, null=True, verbose_name="Sent back")),
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
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided")),
                ("decision_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("assigned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "photograph_findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("plain", "Nothing can be seen on the picture. Take it again."),
                                ("blurred", "The picture is not sharp: hold still, and wipe the lens."),
                                ("dark", "The picture is too dark: turn the face to the light."),
                                ("pale", "The picture is too pale: there is too much light."),
                                ("no_face", "No face was found: the person looks straight into the camera."),
                                (
                                    "several_faces",
                                    "More than one face was found: one person alone stands in the picture.",
                                ),
                                ("small_face", "The face is small: come closer, or draw the frame tighter."),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["state", "submitted_at", "id"], name="application_queue"),
                    models.Index(
                        condition=models.Q(("state__in", ("draft", "submitted", "to_correct"))),
                        fields=["assigned_to", "submitted_at"],
                        name="application_assigned",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("draft", "submitted", "to_correct"))),
                        fields=("registrant",),
                        name="application_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(("consent_at__isnull", False), ("submitted_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_submitted_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("approved", "rejected")), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="application_decision_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["rejected", "to_correct"]), _negated=True),
                            models.Q(("decision_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_refusal_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assigned_to__isnull", True), ("assigned_at__isnull", False), _connector="OR"
                        ),
                        name="application_assignment_is_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationDraft",
            fields=[
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("base_version", models.PositiveIntegerField(blank=True, null=True)),
                ("values", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=0)),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="registry.application",
                    ),
                ),
                (
                    "entered_by",
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
                "ordering": ["entered_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["region", "entered_at"],
                        name="draft_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("application",),
                        name="draft_one_a_correction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("values", {}), _connector="OR"),
                        name="draft_closed_is_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CraftBody",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("provincial", "Provincial"),
                            ("regional", "Regional"),
                            ("national", "National"),
                        ],
                        max_length=10,
                        verbose_name="Level",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("convoked", "Assembly convoked"),
                            ("assembly_held", "Assembly held"),
                            ("founded", "Founded"),
                            ("dissolved", "Dissolved"),
                        ],
                        default="planned",
                        max_length=14,
                        verbose_name="State",
                    ),
                ),
                ("founded_on", models.DateField(blank=True, null=True, verbose_name="Founded on")),
                (
                    "renewal_on",
                    models.DateField(blank=True, null=True, verbose_name="Bureau to be renewed by"),
                ),
                ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="Dissolved on")),
                (
                    "dissolution_reason",
                    models.TextField(blank=True, verbose_name="Reason of the dissolution"),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="Only with the president's agreement.",
                        verbose_name="The president's name is shown on the public page",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                    "province",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.province",
                        verbose_name="Province or prefecture",
                    ),
                ),
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
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bodies",
                        to="registry.craftbranch",
                        verbose_name="Branch",
                    ),
                ),
            ],
            options={
                "verbose_name": "craft body",
                "ordering": ["region_id", "level", "branch_id", "province_id", "pk"],
                "indexes": [
                    models.Index(fields=["region", "state"], name="craft_body_region"),
                    models.Index(fields=["renewal_on"], name="craft_body_renewal"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("level", "provincial"),
                                ("province__isnull", False),
                                ("region__isnull", False),
                            ),
                            models.Q(
                                ("level", "regional"), ("province__isnull", True), ("region__isnull", False)
                            ),
                            models.Q(
                                ("level", "national"), ("province__isnull", True), ("region__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="craft_body_territory_goes_with_level",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "dissolved"), _negated=True),
                        fields=("branch", "level", "region", "province"),
                        name="craft_body_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["founded", "dissolved"]),
                            ("founded_on__isnull", True),
                            _connector="XOR",
                        ),
                        name="craft_body_founded_is_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dissolved_on__isnull", False),
                                ("state", "dissolved"),
                                models.Q(("dissolution_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "dissolved"), _negated=True),
                                ("dissolved_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="craft_body_dissolution_is_grounded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BodyDocument",
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
                            ("statutes", "Statutes"),
                            ("minutes", "Minutes"),
                            ("receipt", "Receipt of the authority"),
                            ("members", "List of members"),
                            ("other", "Other document"),
                        ],
                        max_length=10,
                        verbose_name="Document",
                    ),
                ),
                ("file", models.FileField(upload_to="bodies/%Y/%m/", verbose_name="File")),
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
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="registry.craftbody",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a craft body",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Craft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.CharField(max_length=12)),
                ("evidence", models.CharField(blank=True, max_length=60)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crafts",
                        to="registry.craftbranch",
                    ),
                ),
            ],
            options={
                "verbose_name": "craft",
                "ordering": ["code"],
                "constraints": [models.UniqueConstraint(fields=("branch", "code"), name="craft_code")],
            },
        ),
        migrations.CreateModel(
            name="CraftList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("is_official", models.BooleanField(default=False, verbose_name="Official")),
                ("is_current", models.BooleanField(default=False, verbose_name="In use")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="Entered"
                    ),
                ),
                (
                    "uploaded_by",
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
                "verbose_name": "list of crafts",
                "ordering": ["-is_current", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="craft_list_one_current",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CraftChange",
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
                        choices=[
                            ("mapping", "Mapping under way"),
                            ("moving", "Registrants are being moved"),
                            ("done", "In use"),
                            ("abandoned", "Abandoned"),
                        ],
                        default="mapping",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("links_total", models.PositiveIntegerField(default=0)),
                ("links_moved", models.PositiveIntegerField(default=0)),
                ("bodies_moved", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="In use since")),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="registry.craftchange",
                    ),
                ),
                (
                    "from_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes_from",
                        to="registry.craftlist",
                    ),
                ),
                (
                    "to_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes_to",
                        to="registry.craftlist",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the list of crafts",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "moving")),
                        fields=("state",),
                        name="craft_change_one_moving",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["mapping", "moving"])),
                        fields=("to_list",),
                        name="craft_change_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            ("finished_at__isnull", False),
                            _connector="OR",
                        ),
                        name="craft_change_done_is_dated",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="craftbranch",
            name="craft_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="branches", to="registry.craftlist"
            ),
        ),
        migrations.CreateModel(
            name="CraftMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("proposed", "To confirm"),
                            ("confirmed", "Confirmed"),
                            ("gone", "No longer exists: ask"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="Mapping",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappings",
                        to="registry.craftchange",
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
                    "from_craft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.craft"
                    ),
                ),
                (
                    "to_craft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.craft",
                        verbose_name="Craft of the new list",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("change", "from_craft"), name="craft_mapping_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "confirmed"), _negated=True),
                            ("to_craft__isnull", False),
                            _connector="OR",
                        ),
                        name="craft_mapping_confirmed_has_craft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "gone"), _negated=True),
                            ("to_craft__isnull", True),
                            _connector="OR",
                        ),
                        name="craft_mapping_gone_has_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DailyTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("number", models.PositiveIntegerField()),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.province"
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [models.UniqueConstraint(fields=("day", "province"), name="daily_total_once")],
            },
        ),
        migrations.CreateModel(
            name="Document",
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
                            ("identity", "Identity card"),
                            ("qualification", "Diploma or attestation"),
                            ("statutes", "Statutes of the organisation"),
                            ("member_list", "List of members"),
                            ("trade_register", "Extract of the trade register"),
                            ("non_activity", "Certificate of non-activity"),
                            ("death", "Death certificate"),
                            ("other", "Other document"),
                        ],
                        max_length=14,
                        verbose_name="Document",
                    ),
                ),
                ("file", models.FileField(upload_to="documents/%Y/%m/")),
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
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="DraftUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slot",
                    models.CharField(
                        choices=[
                            ("photograph", "photograph"),
                            ("identity", "Identity card"),
                            ("qualification", "Diploma or attestation"),
                            ("statutes", "Statutes of the organisation"),
                            ("member_list", "List of members"),
                            ("trade_register", "Extract of the trade register"),
                            ("non_activity", "Certificate of non-activity"),
                            ("death", "Death certificate"),
                            ("other", "Other document"),
                        ],
                        max_length=14,
                    ),
                ),
                ("file", models.FileField(upload_to="drafts/%Y/%m/")),
                ("content_type", models.CharField(max_length=40)),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("plain", "Nothing can be seen on the picture. Take it again."),
                                ("blurred", "The picture is not sharp: hold still, and wipe the lens."),
                                ("dark", "The picture is too dark: turn the face to the light."),
                                ("pale", "The picture is too pale: there is too much light."),
                                ("no_face", "No face was found: the person looks straight into the camera."),
                                (
                                    "several_faces",
                                    "More than one face was found: one person alone stands in the picture.",
                                ),
                                ("small_face", "The face is small: come closer, or draw the frame tighter."),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="registry.applicationdraft",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draft", "slot"), name="draft_upload_once")],
            },
        ),
        migrations.CreateModel(
            name="DuplicateSweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("region_code", models.CharField(blank=True, max_length=2)),
                ("last_id", models.BigIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField()),
                ("pairs_found", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("cancelled", models.BooleanField(default=False)),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "search for duplicates",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("region_code",),
                        name="duplicate_sweep_one_running",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExportJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "listing",
                    models.CharField(
                        choices=[
                            ("registrants", "National craft register"),
                            ("applications", "Applications"),
                            ("changes", "Requests about entries"),
                            ("proceedings", "Suspension and striking off"),
                            ("bodies", "Craft bodies"),
                            ("drafts", "Drafts"),
                            ("renewals", "Due for renewal"),
                            ("duplicates", "Possible duplicates"),
                            ("data_requests", "Requests about personal data"),
                            ("retention", "End of retention"),
                            ("cooperative", "Members of the cooperative"),
                            ("body_members", "Members of the craft body"),
                            ("convocations", "List of those called"),
                        ],
                        default="registrants",
                        max_length=16,
                        verbose_name="List",
                    ),
                ),
                ("query", models.TextField(blank=True)),
                ("filters", models.TextField(blank=True, verbose_name="Filters")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("xlsx", "Excel (XLSX)"), ("csv", "CSV"), ("pdf", "PDF to print")],
                        max_length=4,
                        verbose_name="Format",
                    ),
                ),
                ("language", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Being written"),
                            ("done", "Ready"),
                            ("cancelled", "Cancelled"),
                            ("failed", "Stopped on an error"),
                            ("expired", "Deleted at the end of its time"),
                        ],
                        default="running",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("total", models.PositiveIntegerField(blank=True, null=True)),
                ("written", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                ("file", models.FileField(blank=True, upload_to="exports/")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Asked for")),
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
            ],
            options={
                "verbose_name": "export",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["created_by", "-id"], name="export_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(models.Q(("file", ""), _negated=True), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="export_done_has_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("province", "Province"),
                            ("branch", "Branch"),
                            ("kind", "Kind"),
                            ("gender", "Gender"),
                            ("age", "Age"),
                            ("state", "State"),
                            ("card", "Card"),
                            ("uncollected", "Cards not collected"),
                            ("application", "Applications"),
                            ("cell", "Open data"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("month", models.DateField(null=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="registry.figuresnapshot",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["snapshot", "subject", "region"], name="figure_by_subject")],
            },
        ),
        migrations.CreateModel(
            name="DecisionTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(null=True)),
                ("number", models.PositiveIntegerField()),
                ("median_days", models.FloatField()),
                ("ninth_decile_days", models.FloatField()),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.region",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decision_times",
                        to="registry.figuresnapshot",
                    ),
                ),
            ],
            options={
                "ordering": ["month"],
                "indexes": [models.Index(fields=["snapshot", "region"], name="decision_time_of_region")],
            },
        ),
        migrations.CreateModel(
            name="FoundingAssembly",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("convoked", "Convoked"), ("held", "Held"), ("closed", "Without effect")],
                        default="convoked",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="Starts")),
                ("venue_ar", models.CharField(max_length=200, verbose_name="Venue in Arabic")),
                ("venue_fr", models.CharField(max_length=200, verbose_name="Venue in French")),
                (
                    "convoked",
                    models.CharField(
                        choices=[
                            ("persons", "Artisans and master artisans of the branch"),
                            ("everybody", "Everybody of the branch, cooperatives and enterprises too"),
                            ("office_holders", "Office holders of the bodies one level below"),
                        ],
                        max_length=16,
                        verbose_name="Who is called",
                    ),
                ),
                (
                    "proxies_each",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 where nobody may be represented. A working value: no rule is published.",
                        verbose_name="Proxies that one person may hold",
                    ),
                ),
                ("quorum_percent", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("called_count", models.PositiveIntegerField(default=0)),
                (
                    "attending_count",
                    models.PositiveIntegerField(default=0, verbose_name="Present or represented"),
                ),
                ("ballots", models.PositiveIntegerField(blank=True, null=True, verbose_name="Ballots cast")),
                (
                    "blank_ballots",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="Blank or invalid ballots"
                    ),
                ),
                (
                    "statutes_adopted",
                    models.BooleanField(default=False, verbose_name="The assembly adopted the statutes"),
                ),
                ("note", models.TextField(blank=True, verbose_name="For the minutes")),
                ("closing_reason", models.TextField(blank=True, verbose_name="Reason")),
                ("convoked_at", models.DateTimeField(auto_now_add=True, verbose_name="Convoked on")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="Attendance closed")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assemblies",
                        to="registry.craftbody",
                    ),
                ),
                (
                    "convoked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "founding assembly",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("body", "number"), name="assembly_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("convoked", "held"))),
                        fields=("body",),
                        name="assembly_one_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_percent__isnull", True),
                            ("quorum_percent__range", (1, 100)),
                            _connector="OR",
                        ),
                        name="assembly_quorum_is_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("attending_count__lte", models.F("called_count"))),
                        name="assembly_attendance_within_called",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("blank_ballots__isnull", True),
                            ("ballots__gte", models.F("blank_ballots")),
                            _connector="OR",
                        ),
                        name="assembly_ballots_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("closing_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="assembly_closed_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FullName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
                (
                    "side",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Person Ar"),
                            (1, "Person Latin"),
                            (2, "Organisation Ar"),
                            (3, "Organisation Latin"),
                        ]
                    ),
                ),
                ("name", models.TextField()),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("people", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["words"], name="full_name_words"
                    ),
                    models.Index(fields=["key"], name="full_name_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ground",
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
                    "procedure",
                    models.CharField(
                        choices=[
                            ("return", "Sending an application back"),
                            ("rejection", "Rejecting an application"),
                            ("suspension", "Suspension"),
                            ("striking_off", "Striking off"),
                            ("appeal", "Decision on an appeal"),
                            ("reinstatement", "Reinstatement"),
                            ("exit", "Leaving the register"),
                            ("change_rejection", "Refusing a change, a transfer or a renewal"),
                            ("mandate_end", "Ending a mandate before its time"),
                            ("card_refusal", "Refusing a request for a card"),
                            ("card_replacement", "Replacing a card"),
                            ("card_revocation", "Revoking a card"),
                            ("hand_over_failure", "A card refused or brought back"),
                        ],
                        max_length=20,
                        verbose_name="Ground for",
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="Code")),
                ("is_official", models.BooleanField(default=False, verbose_name="Official")),
                ("is_active", models.BooleanField(default=True, verbose_name="In use")),
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
            ],
            options={
                "verbose_name": "ground",
                "ordering": ["procedure", "region_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "procedure", "code"), name="ground_code", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="ground",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="registry.ground",
                verbose_name="Ground of the decision",
            ),
        ),
        migrations.CreateModel(
            name="ImportJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="File")),
                ("file", models.FileField(blank=True, upload_to="imports/")),
                ("file_kind", models.CharField(max_length=4)),
                ("sha256", models.CharField(max_length=64)),
                ("found", models.JSONField(blank=True, default=dict)),
                ("sheet", models.CharField(blank=True, max_length=120, verbose_name="Sheet")),
                ("header", models.JSONField(blank=True, default=list)),
                ("samples", models.JSONField(blank=True, default=list)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                (
                    "new_people",
                    models.CharField(
                        choices=[
                            (
                                "applications",
                                "Those with a registration number keep it; the others become applications to decide on",
                            ),
                            (
                                "registered",
                                "All are on the chamber's register already: those without a number get the next ones",
                            ),
                            ("none", "They are left out: only people on file are changed"),
                        ],
                        default="applications",
                        max_length=12,
                        verbose_name="People who are not on file",
                    ),
                ),
                (
                    "update_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "erase_blanks",
                    models.BooleanField(default=False, verbose_name="An empty cell erases what is on file"),
                ),
                (
                    "consent_collected",
                    models.BooleanField(
                        default=False,
                        verbose_name="The consequences were explained to these people, who agreed on paper",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "File being read"),
                            ("columns", "Columns to confirm"),
                            ("checking", "Being checked"),
                            ("checked", "Checked, nothing entered yet"),
                            ("applying", "Being entered"),
                            ("stopped", "Stopped half-way"),
                            ("applied", "Entered"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                            ("cancelled", "Given up"),
                            ("refused", "File not readable"),
                        ],
                        default="reading",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("rows_total", models.PositiveIntegerField(default=0, verbose_name="Rows")),
                ("planned", models.JSONField(blank=True, default=dict)),
                ("done", models.JSONField(blank=True, default=dict)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("last_error", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Sent")),
                ("step_started_at", models.DateTimeField(blank=True, null=True)),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("undo_until", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("discarded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "applied_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="core.region",
                        verbose_name="Region",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["region", "-id"], name="import_region")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ["applying", "stopped", "applied", "undoing", "undone"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("applied_at__isnull", False),
                                ("applied_by__isnull", False),
                                ("undo_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="import_applied_is_signed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("wave", models.PositiveSmallIntegerField(default=1)),
                ("size", models.PositiveIntegerField()),
                ("rows", models.BinaryField(default=b"")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("read", "Read"),
                            ("checked", "Checked"),
                            ("applied", "Entered"),
                            ("undone", "Undone"),
                        ],
                        default="read",
                        max_length=7,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="registry.importjob",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("job", "number"), name="import_chunk_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("registrant_key", models.BigIntegerField()),
                ("created", models.BooleanField()),
                ("before", models.JSONField(blank=True, default=dict)),
                ("after", models.JSONField(blank=True, default=dict)),
                ("kept", models.JSONField(blank=True, default=list)),
                (
                    "chunk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="registry.importchunk",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="registry.importjob",
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
                "indexes": [models.Index(fields=["registrant_key"], name="import_change_registrant")],
                "constraints": [models.UniqueConstraint(fields=("job", "line"), name="import_change_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("create", "New"),
                            ("update", "Changed"),
                            ("unchanged", "Unchanged"),
                            ("skip", "Left out by choice"),
                            ("review", "To be looked at"),
                            ("error", "Error"),
                        ],
                        max_length=9,
                    ),
                ),
                ("registrant_key", models.BigIntegerField(blank=True, null=True)),
                ("person_key", models.CharField(blank=True, max_length=8)),
                ("number_key", models.CharField(blank=True, max_length=24)),
                ("awaits", models.CharField(blank=True, max_length=24)),
                ("values", models.JSONField(blank=True, default=dict)),
                ("notes", models.JSONField(blank=True, default=list)),
                ("candidates", models.JSONField(blank=True, default=list)),
                (
                    "chunk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checked_rows",
                        to="registry.importchunk",
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
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="registry.importjob",
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
                "indexes": [models.Index(fields=["job", "outcome", "line"], name="import_row_outcome")],
                "constraints": [models.UniqueConstraint(fields=("job", "line"), name="import_row_once")],
            },
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.TextField()),
                ("sound", models.TextField()),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("people", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["keys"], name="name_word_keys"
                    ),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("word", "text_pattern_ops"),
                        name="name_word_prefix",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSequence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_value", models.PositiveIntegerField(default=0)),
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="number_sequence",
                        to="core.region",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PhotographsJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="File")),
                ("file", models.FileField(blank=True, upload_to="photograph-archives/")),
                (
                    "replace",
                    models.BooleanField(default=False, verbose_name="Replace photographs that are on file"),
                ),
                (
                    "accepted_by_eye",
                    models.BooleanField(
                        default=False, verbose_name="Somebody has looked through these photographs"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "Being looked at"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                            ("refused", "File not readable"),
                        ],
                        default="running",
                        max_length=9,
                        verbose_name="State",
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("looked_at", models.PositiveIntegerField(default=0)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("rejects", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Sent")),
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
                "verbose_name": "archive of photographs",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("looked_at__lte", models.F("total"))),
                        name="photographs_looked_at_of_total",
                    )
                ],
            },
        ),
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
                        verbose_name="Ground of the decision",
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
                    "reply_documents",
                    models.ManyToManyField(blank=True, related_name="+", to="registry.document"),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proceedings",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "proceeding",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["stage", "reply_until"], name="proceeding_waiting")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ("notified", "replied", "appealed"))),
                        fields=("registrant",),
                        name="proceeding_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("notice_reason", ""), _negated=True),
                        name="proceeding_notice_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reply_until__gt", models.F("notice_on"))),
                        name="proceeding_reply_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "replied"), _negated=True),
                            ("replied_on__isnull", False),
                            _connector="OR",
                        ),
                        name="proceeding_reply_is_dated",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rows", models.JSONField()),
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public",
                        to="registry.figuresnapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RegisterRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "documents_artisan",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "Identity card"),
                                ("qualification", "Diploma or attestation"),
                                ("statutes", "Statutes of the organisation"),
                                ("member_list", "List of members"),
                                ("trade_register", "Extract of the trade register"),
                                ("non_activity", "Certificate of non-activity"),
                                ("death", "Death certificate"),
                                ("other", "Other document"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=registry.models.rules.usual_documents,
                        size=None,
                        verbose_name="Documents of an artisan",
                    ),
                ),
                (
                    "documents_master_artisan",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "Identity card"),
                                ("qualification", "Diploma or attestation"),
                                ("statutes", "Statutes of the organisation"),
                                ("member_list", "List of members"),
                                ("trade_register", "Extract of the trade register"),
                                ("non_activity", "Certificate of non-activity"),
                                ("death", "Death certificate"),
                                ("other", "Other document"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=registry.models.rules.usual_documents,
                        size=None,
                        verbose_name="Documents of a master artisan",
                    ),
                ),
                (
                    "documents_cooperative",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "Identity card"),
                                ("qualification", "Diploma or attestation"),
                                ("statutes", "Statutes of the organisation"),
                                ("member_list", "List of members"),
                                ("trade_register", "Extract of the trade register"),
                                ("non_activity", "Certificate of non-activity"),
                                ("death", "Death certificate"),
                                ("other", "Other document"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=registry.models.rules.usual_documents,
                        size=None,
                        verbose_name="Documents of a cooperative",
                    ),
                ),
                (
                    "documents_enterprise",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("identity", "Identity card"),
                                ("qualification", "Diploma or attestation"),
                                ("statutes", "Statutes of the organisation"),
                                ("member_list", "List of members"),
                                ("trade_register", "Extract of the trade register"),
                                ("non_activity", "Certificate of non-activity"),
                                ("death", "Death certificate"),
                                ("other", "Other document"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=registry.models.rules.usual_documents,
                        size=None,
                        verbose_name="Documents of an enterprise",
                    ),
                ),
                (
                    "days_to_decide",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days to decide on an application",
                    ),
                ),
                (
                    "days_to_correct",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days to correct an application sent back",
                    ),
                ),
                (
                    "days_to_reply",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days to reply to a notice of suspension or striking off",
                    ),
                ),
                (
                    "days_to_appeal",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days to appeal against a decision",
                    ),
                ),
                (
                    "days_to_accept_transfer",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days to accept a transfer",
                    ),
                ),
                (
                    "days_to_answer_access",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days to answer a request for access to one's data",
                    ),
                ),
                (
                    "registration_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(600)],
                        verbose_name="Length of a registration, in months",
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
                        verbose_name="Days before the end at which renewal opens",
                    ),
                ),
                (
                    "merge_undo_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days in which a merge can be undone",
                    ),
                ),
                (
                    "import_undo_hours",
                    models.PositiveSmallIntegerField(
                        default=24,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Hours in which an import can be undone",
                    ),
                ),
                (
                    "retention_draft_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(600)],
                        verbose_name="Months after which drafts never submitted are erased",
                    ),
                ),
                (
                    "retention_rejected_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(600)],
                        verbose_name="Months after which rejected candidates are erased",
                    ),
                ),
                (
                    "retention_struck_off_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(600)],
                        verbose_name="Months after which the data of those struck off is erased",
                    ),
                ),
                (
                    "quorum_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="Quorum of a founding assembly, in percent",
                    ),
                ),
                (
                    "bureau_size",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="Members of a bureau",
                    ),
                ),
                (
                    "mandate_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(600)],
                        verbose_name="Length of a mandate, in months",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "provincial_bodies_needed",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MaxValueValidator(99)],
                        verbose_name="Provincial bodies of a branch needed before its regional body is founded",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_rules",
                        to="core.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of the register",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quorum_percent__isnull", True),
                            ("quorum_percent__range", (1, 100)),
                            _connector="OR",
                        ),
                        name="rules_quorum_is_percentage",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "registrant",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="registry.registrant",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="core.region",
                    ),
                ),
                ("state", models.CharField(max_length=12)),
                ("card_standing", models.CharField(max_length=12)),
                ("birth_date", models.DateField()),
                ("registered_on", models.DateField(null=True)),
                ("person_ar", models.BigIntegerField()),
                ("person_latin", models.BigIntegerField()),
                ("organisation_ar", models.BigIntegerField(null=True)),
                ("organisation_latin", models.BigIntegerField(null=True)),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["terms"], gin_pending_list_limit=512, name="search_entry_terms"
                    ),
                    models.Index(fields=["region", "registrant"], name="search_entry_region"),
                    models.Index(fields=["state", "registrant"], name="search_entry_state"),
                    models.Index(fields=["region", "state", "registrant"], name="search_entry_region_state"),
                    models.Index(fields=["card_standing", "registrant"], name="search_entry_card"),
                    models.Index(
                        fields=["region", "card_standing", "registrant"], name="search_entry_region_card"
                    ),
                    models.Index(fields=["birth_date"], name="search_entry_birth_date"),
                    models.Index(fields=["registered_on", "registrant"], name="search_entry_registered_on"),
                    models.Index(fields=["person_ar", "region", "registrant"], name="search_entry_person_ar"),
                    models.Index(
                        fields=["person_latin", "region", "registrant"], name="search_entry_person_latin"
                    ),
                    models.Index(
                        condition=models.Q(("organisation_ar__isnull", False)),
                        fields=["organisation_ar"],
                        name="search_entry_organisation_ar",
                    ),
                    models.Index(
                        condition=models.Q(("organisation_latin__isnull", False)),
                        fields=["organisation_latin"],
                        name="search_entry_organisation_fr",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Qualification",
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
                        choices=[("diploma", "Craft diploma"), ("attestation", "Attestation of exercise")],
                        max_length=12,
                        verbose_name="Proof of qualification",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="Diploma, or who attests")),
                (
                    "years_of_exercise",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="Years of actual exercise"
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="qualifications",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "attestation"), _negated=True),
                            ("years_of_exercise__isnull", False),
                            _connector="OR",
                        ),
                        name="qualification_attestation_has_years",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="Reason")),
                ("before", models.JSONField()),
                ("after", models.JSONField()),
                ("done_at", models.DateTimeField(auto_now_add=True, verbose_name="Merged on")),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undo_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "done_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_into_it",
                        to="registry.registrant",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_of_it",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "merge",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("merged",),
                        name="merge_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True), name="merge_of_two"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="merge_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            models.Q(
                                ("undone_by__isnull", False), models.Q(("undo_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="merge_undoing_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=120, verbose_name="Name in Arabic")),
                (
                    "name_latin",
                    models.CharField(blank=True, max_length=120, verbose_name="Name in Latin letters"),
                ),
                ("national_id", models.CharField(max_length=8, verbose_name="National identity number")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("president", "President"),
                            ("secretary", "Secretary"),
                            ("treasurer", "Treasurer"),
                            ("member", "Member"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="Role",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="registry.registrant",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "national_id"), name="member_once"),
                    models.CheckConstraint(
                        condition=models.Q(("national_id__regex", "^[A-Z]{1,2}[0-9]{1,7}$")),
                        name="member_national_id_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_ar", ""), _negated=True), name="member_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("registrant", models.F("cooperative")), _negated=True),
                        name="member_is_somebody_else",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("president", "President"),
                            ("vice_president", "Vice-president"),
                            ("secretary", "Secretary general"),
                            ("deputy_secretary", "Deputy secretary general"),
                            ("treasurer", "Treasurer"),
                            ("deputy_treasurer", "Deputy treasurer"),
                            ("adviser", "Adviser"),
                        ],
                        max_length=20,
                        verbose_name="Post",
                    ),
                ),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="Period")),
                ("planned_end", models.DateField(blank=True, null=True, verbose_name="Ends on")),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                ("end_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="registry.craftbody",
                    ),
                ),
                (
                    "end_ground",
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
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
                        related_name="mandates",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "mandate",
                "ordering": ["-id"],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            (
                                "post__in",
                                (
                                    "president",
                                    "secretary",
                                    "deputy_secretary",
                                    "treasurer",
                                    "deputy_treasurer",
                                ),
                            )
                        ),
                        expressions=[("body", "="), ("post", "="), ("period", "&&")],
                        name="mandate_one_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("body", "="), ("registrant", "="), ("period", "&&")],
                        name="mandate_one_post_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                        name="mandate_has_a_first_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end_ground__isnull", True), ("end_reason", ""), ("ended_by__isnull", True)
                            ),
                            models.Q(
                                ("end_ground__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="mandate_end_is_grounded",
                    ),
                ],
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
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "year", "number"), name="letter_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_region", models.CharField(max_length=2)),
                ("second_region", models.CharField(max_length=2)),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("national_id", "Same identity number"),
                                ("same_name_and_birth", "Same name, same birth date"),
                                ("photograph", "Same photograph"),
                                ("national_id_similar", "Identity number differs by one character"),
                                ("name_and_birth", "Similar name, same birth date"),
                                ("name_and_near_birth", "Same name, birth date nearly the same"),
                                ("name_and_commune", "Same or similar name, same commune"),
                                ("phone", "Same telephone"),
                            ],
                            max_length=24,
                        ),
                        size=None,
                        verbose_name="Why",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(verbose_name="Likelihood")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "To compare"), ("not_same", "Not the same"), ("merged", "Merged")],
                        default="open",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True, verbose_name="Found")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_reason", models.TextField(blank=True, verbose_name="Reason")),
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
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.registrant",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "possible duplicate",
                "ordering": ["-score", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["first_region", "-score", "id"],
                        name="duplicate_pair_first",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["second_region", "-score", "id"],
                        name="duplicate_pair_second",
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["-score", "id"],
                        name="duplicate_pair_waiting",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("state", "open")),
                        fields=["reasons"],
                        name="duplicate_pair_reasons",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="duplicate_pair_in_order"
                    ),
                    models.UniqueConstraint(fields=("first", "second"), name="duplicate_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (0, 100))), name="duplicate_pair_score"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reasons", []), _negated=True), name="duplicate_pair_has_reasons"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="duplicate_pair_decision_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRequest",
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
                            ("access", "Access to my data"),
                            ("rectification", "Rectification"),
                            ("opposition", "Opposition"),
                        ],
                        max_length=14,
                        verbose_name="Request",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("answered", "Answered"), ("refused", "Refused")],
                        default="open",
                        max_length=8,
                        verbose_name="State",
                    ),
                ),
                (
                    "words",
                    models.TextField(blank=True, max_length=2000, verbose_name="In the person's words"),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="Asked")),
                ("due_on", models.DateField(verbose_name="Answer by")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="Reply")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="data_requests",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["state", "due_on"], name="data_request_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("registrant", "kind"),
                        name="data_request_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="data_request_answer_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CraftLinkMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("link_id", models.BigIntegerField()),
                ("is_principal", models.BooleanField()),
                ("moved_at", models.DateTimeField(auto_now_add=True)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="registry.craftchange",
                    ),
                ),
                (
                    "from_craft",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.craft",
                    ),
                ),
                (
                    "to_craft",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.craft",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="craft_moves",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("change", "registrant", "from_craft", "to_craft"),
                        name="craft_link_moved_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Convocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "attendance",
                    models.CharField(
                        choices=[
                            ("absent", "Absent"),
                            ("present", "Present"),
                            ("represented", "Represented"),
                        ],
                        default="absent",
                        max_length=12,
                        verbose_name="Attendance",
                    ),
                ),
                ("noted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proxy_holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represents",
                        to="registry.convocation",
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convocations",
                        to="registry.foundingassembly",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="convocations",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "convocation",
                "ordering": ["assembly_id", "position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("attendance", "absent"), _negated=True),
                        fields=["assembly", "-noted_at"],
                        name="convocation_attending",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("assembly", "registrant"), name="convocation_once"),
                    models.UniqueConstraint(fields=("assembly", "position"), name="convocation_position"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attendance", "represented"), ("proxy_holder__isnull", True), _connector="XOR"
                        ),
                        name="convocation_represented_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attendance", "absent"), ("noted_at__isnull", False), _connector="XOR"
                        ),
                        name="convocation_attendance_is_noted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("photograph_on_check", "My photograph on the public check page"),
                            ("messages", "Messages about meetings and services"),
                            ("publication", "My name and photograph in reports of meetings"),
                        ],
                        max_length=24,
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("registrant", "purpose"),
                        name="consent_one_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_after_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
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
                            ("amendment", "Amendment"),
                            ("transfer", "Transfer to another chamber"),
                            ("renewal", "Renewal"),
                            ("exit", "Voluntary exit"),
                            ("death", "Death"),
                        ],
                        max_length=12,
                        verbose_name="Request",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "To prepare"),
                            ("submitted", "To decide"),
                            ("approved", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="submitted",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True, verbose_name="Reference")),
                ("changes", models.JSONField(blank=True, default=dict)),
                (
                    "photograph",
                    models.ImageField(blank=True, upload_to="proposed/%Y/%m/", verbose_name="New photograph"),
                ),
                ("about", models.CharField(blank=True, max_length=24)),
                ("explanation", models.TextField(blank=True, verbose_name="Explanation")),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="From")),
                ("entered_at", models.DateTimeField(auto_now_add=True, verbose_name="Entered")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="Submitted")),
                ("due_on", models.DateField(verbose_name="Decision due")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="Decided")),
                ("decision_reason", models.TextField(blank=True, verbose_name="Reason")),
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
                    "destination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.region",
                        verbose_name="Region asked for",
                    ),
                ),
                (
                    "entered_by",
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
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "documents",
                    models.ManyToManyField(
                        blank=True, related_name="change_requests", to="registry.document"
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="registry.ground",
                        verbose_name="Ground of the decision",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "request",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("asked", "submitted"))),
                        fields=["region", "kind", "entered_at"],
                        name="change_queue",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("destination__isnull", False), ("state__in", ("asked", "submitted"))
                        ),
                        fields=["destination", "entered_at"],
                        name="change_queue_incoming",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("asked", "submitted"))),
                        fields=("registrant", "kind"),
                        name="change_one_open_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("destination", models.F("region")), _negated=True),
                                ("destination__isnull", False),
                                ("kind", "transfer"),
                            ),
                            models.Q(
                                models.Q(("kind", "transfer"), _negated=True), ("destination__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="change_transfer_goes_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "amendment"), _negated=True),
                            models.Q(("state__in", ["submitted", "approved"]), _negated=True),
                            models.Q(("changes", {}), _negated=True),
                            _connector="OR",
                        ),
                        name="change_amendment_changes_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["submitted", "approved"]), _negated=True),
                            models.Q(("submitted_at__isnull", False), ("submitted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="change_submission_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("asked", "submitted")),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="change_decision_is_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(
                                ("ground__isnull", False), models.Q(("decision_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="change_refusal_has_ground_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["exit", "death"]), ("state", "approved"), _negated=True),
                            ("ground__isnull", False),
                            _connector="OR",
                        ),
                        name="change_exit_has_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidacy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("votes", models.PositiveIntegerField(verbose_name="Votes")),
                (
                    "post",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("president", "President"),
                            ("vice_president", "Vice-president"),
                            ("secretary", "Secretary general"),
                            ("deputy_secretary", "Deputy secretary general"),
                            ("treasurer", "Treasurer"),
                            ("deputy_treasurer", "Deputy treasurer"),
                            ("adviser", "Adviser"),
                        ],
                        max_length=20,
                        verbose_name="Post",
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="registry.foundingassembly",
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
            ],
            options={
                "verbose_name": "candidacy",
                "ordering": ["-votes", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("assembly", "registrant"), name="candidacy_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "post__in",
                                (
                                    "president",
                                    "secretary",
                                    "deputy_secretary",
                                    "treasurer",
                                    "deputy_treasurer",
                                ),
                            )
                        ),
                        fields=("assembly", "post"),
                        name="candidacy_one_a_post",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BodyMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("joined_on", models.DateField(verbose_name="Member since")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="Left on")),
                ("leaving_reason", models.TextField(blank=True, verbose_name="Reason")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="registry.craftbody",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body_memberships",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("body", "registrant"),
                        name="membership_one_active",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True),
                            ("left_on__gte", models.F("joined_on")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True),
                            models.Q(("leaving_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="membership_end_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrantCraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_principal", models.BooleanField(default=False, verbose_name="Principal")),
                (
                    "craft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrant_links",
                        to="registry.craft",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="craft_links",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "ordering": ["-is_principal", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("registrant", "craft"), name="registrant_craft_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_principal", True)),
                        fields=("registrant",),
                        name="registrant_one_principal_craft",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="registrant",
            name="crafts",
            field=models.ManyToManyField(
                related_name="registrants", through="registry.RegistrantCraft", to="registry.craft"
            ),
        ),
        migrations.CreateModel(
            name="RegistrationTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="Year")),
                ("number", models.PositiveIntegerField(verbose_name="Target")),
                ("set_at", models.DateTimeField(auto_now=True, verbose_name="Set")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registration_targets",
                        to="core.province",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "registration target",
                "ordering": ["province_id", "year"],
                "constraints": [
                    models.UniqueConstraint(fields=("province", "year"), name="target_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 10000000))), name="target_number_is_a_goal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (2021, 2100))), name="target_year_sane"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
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
                        choices=[
                            ("prepared", "Prepared"),
                            ("running", "Being erased"),
                            ("done", "Erased"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="prepared",
                        max_length=10,
                    ),
                ),
                ("prepared_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
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
                    "prepared_by",
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
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["prepared", "running"])),
                        fields=("region",),
                        name="retention_one_open_in_a_region",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["running", "done"]), _negated=True),
                            ("approved_by__isnull", False),
                            _connector="OR",
                        ),
                        name="retention_is_approved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("registrant_number", models.BigIntegerField()),
                ("reference", models.CharField(max_length=24)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("draft", "Draft never submitted"),
                            ("rejected", "Candidate rejected"),
                            ("struck_off", "Struck off"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("erased", "Erased"),
                            ("kept", "Kept: it changed since, or something still depends on it"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="registry.retentionrun",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "registrant_number"), name="retention_entry_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        default=registry.models.saved_filter.new_token, max_length=16, unique=True
                    ),
                ),
                ("text", models.CharField(max_length=100)),
                ("created_at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "typed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "search",
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Name of the list")),
                ("query", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "search_text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_filters",
                        to="registry.searchtext",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved list",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="saved_filter_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ApplicationComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("text", models.TextField(verbose_name="Comment")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="registry.application",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="comment_has_text"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="craftbranch",
            constraint=models.UniqueConstraint(fields=("craft_list", "code"), name="craft_branch_code"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["rejected", "to_correct"]), _negated=True),
                    ("ground__isnull", False),
                    _connector="OR",
                ),
                name="application_refusal_has_ground",
            ),
        ),
    ]
