import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import partners.models.offer
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
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("reference", models.CharField(blank=True, max_length=60, verbose_name="Reference")),
                (
                    "state",
                    models.CharField(
                        choices=[("prepared", "In preparation"), ("signed", "Signed"), ("ended", "Ended")],
                        default="prepared",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="Signed on")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="From")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="Why it ended")),
                (
                    "needs_adhesion",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise its offers hold for the holders of every chamber.",
                        verbose_name="Each chamber joins by a vote of its assembly",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "verbose_name": "partnership agreement",
                "ordering": ["partner__name_fr", "-signed_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "prepared"), ("signed_on__isnull", False), _connector="OR"
                        ),
                        name="agreement_signed_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("end_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_end_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="agreement_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("text_ar", models.CharField(max_length=300)),
                ("text_fr", models.CharField(max_length=300)),
                ("position", models.PositiveSmallIntegerField()),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "point to check",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Adhesion",
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
                            ("proposed", "Put to the assembly"),
                            ("voted", "Voted"),
                            ("refused", "Refused by the assembly"),
                            ("ended", "Ended"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("voted_on", models.DateField(blank=True, null=True, verbose_name="Date of the vote")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "chamber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adhesions",
                        to="core.chamber",
                        verbose_name="Chamber",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adhesions",
                        to="partners.agreement",
                        verbose_name="Agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "chamber's adhesion to an agreement",
                "ordering": ["agreement_id", "chamber_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "chamber"), name="adhesion_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "proposed"), ("voted_on__isnull", False), _connector="OR"
                        ),
                        name="adhesion_voted_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "ended"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="adhesion_refusal_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voted_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("voted_on")),
                            _connector="OR",
                        ),
                        name="adhesion_ends_after_vote",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Name of the till")),
                ("prefix", models.CharField(max_length=12, unique=True)),
                ("digest", models.CharField(max_length=64)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("cards:verify", "Check cards"),
                                ("uses:record", "Record uses"),
                                ("branches:write", "Push branches"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="What it may do",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="Made")),
                ("expires_at", models.DateTimeField(verbose_name="Good until")),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="Last used")),
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
                "verbose_name": "key of a till",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scopes", []), _negated=True), name="api_key_has_scope"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="api_key_expires_after_making",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=100)),
                ("fingerprint", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("body", models.JSONField()),
                ("answered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="partners.apikey",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["answered_at"], name="api_answer_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "idempotency_key"), name="api_answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Branch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.CharField(max_length=40, verbose_name="Partner's code")),
                (
                    "address_ar",
                    models.CharField(blank=True, max_length=200, verbose_name="Address in Arabic"),
                ),
                (
                    "address_fr",
                    models.CharField(blank=True, max_length=200, verbose_name="Address in French"),
                ),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Telephone")),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("full", "Accessible"),
                            ("partial", "Accessible in part"),
                            ("none", "Not accessible"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="Access for disabled people",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=8, null=True, verbose_name="Latitude"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="Longitude"
                    ),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="Open")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.commune",
                        verbose_name="Commune",
                    ),
                ),
            ],
            options={
                "verbose_name": "branch",
                "ordering": ["partner_id", "commune_id", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                            _connector="OR",
                        ),
                        name="branch_place_whole",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="apikey",
            name="branch",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.branch",
                verbose_name="Branch",
            ),
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("code", models.SlugField(max_length=80, unique=True)),
                ("what_ar", models.TextField(blank=True, verbose_name="What it gives, in Arabic")),
                ("what_fr", models.TextField(blank=True, verbose_name="What it gives, in French")),
                ("how_ar", models.TextField(blank=True, verbose_name="How to use it, in Arabic")),
                ("how_fr", models.TextField(blank=True, verbose_name="How to use it, in French")),
                ("terms_ar", models.TextField(blank=True, verbose_name="Terms in Arabic")),
                ("terms_fr", models.TextField(blank=True, verbose_name="Terms in French")),
                ("access_ar", models.TextField(blank=True, verbose_name="For disabled people, in Arabic")),
                ("access_fr", models.TextField(blank=True, verbose_name="For disabled people, in French")),
                (
                    "contact_phone",
                    models.CharField(blank=True, max_length=16, verbose_name="Telephone for this offer"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="E-mail for this offer"),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("artisan", "Artisan"),
                                ("master_artisan", "Master artisan"),
                                ("cooperative", "Craft cooperative"),
                                ("enterprise", "Craft enterprise"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=list,
                        help_text="None chosen: every kind.",
                        size=None,
                        verbose_name="Kinds of holders",
                    ),
                ),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("card", "Show the card"),
                                ("voucher", "Voucher"),
                                ("referral", "Request"),
                            ],
                            max_length=10,
                        ),
                        default=partners.models.offer.usual_ways,
                        size=None,
                        verbose_name="How it is used",
                    ),
                ),
                (
                    "limit_per_person",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Left empty: no limit.", null=True, verbose_name="Uses a person"
                    ),
                ),
                (
                    "limit_period",
                    models.CharField(
                        choices=[("ever", "In all"), ("year", "A year"), ("month", "A month")],
                        default="ever",
                        max_length=5,
                        verbose_name="Counted over",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("proposed", "To check"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="From")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="Until")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="Published on")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="Last confirmed on")),
                ("fresh_until", models.DateField(blank=True, editable=False, null=True)),
                ("search_key", models.TextField(default="", editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="partners.agreement",
                        verbose_name="Agreement",
                    ),
                ),
                (
                    "crafts",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: every craft.",
                        related_name="+",
                        to="registry.craft",
                        verbose_name="Crafts",
                    ),
                ),
                (
                    "domains",
                    models.ManyToManyField(
                        blank=True, related_name="offers", to="core.servicedomain", verbose_name="Domains"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: the whole country.",
                        related_name="+",
                        to="core.region",
                        verbose_name="Regions where it holds",
                    ),
                ),
            ],
            options={
                "verbose_name": "offer",
                "ordering": ["partner__name_fr", "id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_key", "gin_trgm_ops"),
                        name="offer_search_key_trgm",
                    ),
                    models.Index(fields=["state", "fresh_until"], name="offer_by_freshness"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="offer_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what_ar", ""), ("what_fr", "")),
                            models.Q(
                                models.Q(("what_ar", ""), _negated=True),
                                models.Q(("what_fr", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offer_what_in_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how_ar", ""), ("how_fr", "")),
                            models.Q(
                                models.Q(("how_ar", ""), _negated=True),
                                models.Q(("how_fr", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offer_how_in_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("terms_ar", ""), ("terms_fr", "")),
                            models.Q(
                                models.Q(("terms_ar", ""), _negated=True),
                                models.Q(("terms_fr", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offer_terms_in_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("access_ar", ""), ("access_fr", "")),
                            models.Q(
                                models.Q(("access_ar", ""), _negated=True),
                                models.Q(("access_fr", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offer_access_in_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ways", []), _negated=True), name="offer_has_a_way"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("limit_per_person__isnull", True), ("limit_per_person__gte", 1), _connector="OR"
                        ),
                        name="offer_limit_at_least_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(("fresh_until__isnull", False), ("published_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="offer_published_has_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proposed_by__isnull", True),
                            ("published_by__isnull", True),
                            models.Q(("proposed_by", models.F("published_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="offer_checked_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Favourite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="favourite_offers",
                        to="registry.registrant",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="partners.offer"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("registrant", "offer"), name="favourite_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferChange",
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
                            ("proposed", "To check"),
                            ("accepted", "Accepted"),
                            ("returned", "Returned"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("values", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("on_version", models.PositiveIntegerField()),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, verbose_name="Reason")),
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
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="partners.offer",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an offer",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("offer",),
                        name="offer_change_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="offer_change_checked_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="offer_change_return_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferRequirement",
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
                    "is_required",
                    models.BooleanField(default=True, verbose_name="A request cannot be sent without it"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="partners.offer",
                    ),
                ),
            ],
            options={
                "verbose_name": "document asked for",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="OfferReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("published", "Published"), ("returned", "Returned")], max_length=10
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True, verbose_name="Reason")),
                ("checked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "change",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="partners.offerchange",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="partners.offer",
                    ),
                ),
            ],
            options={
                "verbose_name": "check of an offer",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "returned"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="offer_return_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("card", "Show the card"), ("voucher", "Voucher"), ("referral", "Request")],
                        max_length=10,
                        verbose_name="How",
                    ),
                ),
                ("period", models.CharField(blank=True, max_length=7)),
                ("number", models.PositiveIntegerField()),
                ("limit", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("used_at", models.DateTimeField(verbose_name="Used at")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="partners.branch",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="partners.offer"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_key",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="partners.apikey",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_uses",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of an offer",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["registrant", "offer"], name="use_by_holder")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_at__isnull", True)),
                        fields=("offer", "registrant", "period", "number"),
                        name="use_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__gte", 1),
                            models.Q(
                                ("limit__isnull", True), ("number__lte", models.F("limit")), _connector="OR"
                            ),
                        ),
                        name="use_within_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_by__isnull", False), ("recorded_key__isnull", True)),
                            models.Q(("recorded_by__isnull", True), ("recorded_key__isnull", False)),
                            _connector="OR",
                        ),
                        name="use_recorded_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            models.Q(("cancel_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="use_cancelled_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
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
                ("website", models.URLField(blank=True, verbose_name="Website")),
                ("phone", models.CharField(blank=True, max_length=16, verbose_name="Telephone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="E-mail")),
                ("search_key", models.TextField(default="", editable=False)),
                (
                    "domains",
                    models.ManyToManyField(blank=True, related_name="partners", to="core.servicedomain"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subsidiaries",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "ordering": ["name_fr"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search_key", "gin_trgm_ops"),
                        name="partner_search_key_trgm",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="offer",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offers",
                to="partners.partner",
                verbose_name="Partner",
            ),
        ),
        migrations.AddField(
            model_name="branch",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="branches",
                to="partners.partner",
                verbose_name="Partner",
            ),
        ),
        migrations.AddField(
            model_name="apikey",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="api_keys", to="partners.partner"
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="partners.partner",
                verbose_name="Partner",
            ),
        ),
        migrations.CreateModel(
            name="PartnerAgent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="agents",
                        to="partners.branch",
                        verbose_name="Branch",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agents",
                        to="partners.partner",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner_agent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartnershipDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name_ar", models.CharField(max_length=200, verbose_name="Arabic name")),
                ("name_fr", models.CharField(max_length=200, verbose_name="French name")),
                ("file", models.FileField(upload_to="partnerships/%Y/%m/")),
                ("content_type", models.CharField(max_length=40)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "adhesion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="partners.adhesion",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="partners.agreement",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="partners.offer",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adhesion__isnull", True),
                                ("agreement__isnull", False),
                                ("offer__isnull", True),
                            ),
                            models.Q(
                                ("adhesion__isnull", False),
                                ("agreement__isnull", True),
                                ("offer__isnull", True),
                            ),
                            models.Q(
                                ("adhesion__isnull", True),
                                ("agreement__isnull", True),
                                ("offer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="partnership_document_one_owner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnershipRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ask_after_days",
                    models.PositiveSmallIntegerField(
                        default=150,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1095),
                        ],
                        verbose_name="Days after which a partner is asked to confirm an offer",
                    ),
                ),
                (
                    "hide_after_days",
                    models.PositiveSmallIntegerField(
                        default=180,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1095),
                        ],
                        verbose_name="Days without confirmation after which an offer hides itself",
                    ),
                ),
                (
                    "notice_before_end_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="Days before the end of an agreement or an adhesion from which it is shown as ending",
                    ),
                ),
                (
                    "voucher_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1440),
                        ],
                        verbose_name="Minutes that a voucher's code is good for",
                    ),
                ),
                (
                    "referral_days",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="Days that a partner has to answer a request",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of partners' offers",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="partnership_rules_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("hide_after_days__gt", models.F("ask_after_days"))),
                        name="offer_asked_before_hidden",
                        violation_error_message="A partner is asked before its offer is hidden.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=20, unique=True, verbose_name="Number of the request"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("in_hand", "In hand"),
                            ("documents_asked", "Documents asked for"),
                            ("accepted", "Accepted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="sent",
                        max_length=16,
                        verbose_name="State",
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="Sent")),
                ("due_on", models.DateField(verbose_name="To be answered by")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conditions", "The conditions of the offer are not met"),
                            ("documents", "A document is missing or does not serve"),
                            ("unknown_offer", "The place does not know the offer"),
                            ("unavailable", "The service is not available at present"),
                            ("other", "Another reason"),
                        ],
                        max_length=14,
                        verbose_name="Ground",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="Answer")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="partners.branch",
                        verbose_name="Branch",
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
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="partners.offer",
                        verbose_name="Offer",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for an offer",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="referral_by_due"),
                    models.Index(fields=["registrant", "-id"], name="referral_by_holder"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("sent", "in_hand", "documents_asked"))),
                        fields=("offer", "registrant"),
                        name="referral_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(
                                models.Q(("ground", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_refusal_has_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "documents_asked"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_says_what_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "refused"]), _negated=True),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="referral_decision_dated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "experience",
                    models.CharField(
                        choices=[
                            ("served", "I was served"),
                            ("in_part", "I was served in part"),
                            ("refused", "I was refused"),
                        ],
                        max_length=8,
                        verbose_name="What became of it",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conditions", "The conditions of the offer are not met"),
                            ("documents", "A document is missing or does not serve"),
                            ("unknown_offer", "The place does not know the offer"),
                            ("unavailable", "The service is not available at present"),
                            ("other", "Another reason"),
                        ],
                        max_length=14,
                        verbose_name="Reason that was given",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="In your own words")),
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "follow_up",
                    models.CharField(
                        blank=True,
                        choices=[("open", "To follow up"), ("in_hand", "In hand"), ("settled", "Settled")],
                        max_length=8,
                        verbose_name="Follow-up",
                    ),
                ),
                ("follow_up_note", models.TextField(blank=True, verbose_name="What was done")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.branch",
                        verbose_name="Branch",
                    ),
                ),
                (
                    "followed_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.region"
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offer_feedback",
                        to="registry.registrant",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="partners.offer",
                    ),
                ),
                (
                    "use",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="partners.offeruse",
                    ),
                ),
                (
                    "referral",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="partners.referral",
                    ),
                ),
            ],
            options={
                "verbose_name": "word of a holder",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["follow_up", "region"], name="feedback_to_follow")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("experience", "refused"), models.Q(("follow_up", ""), _negated=True)),
                            models.Q(models.Q(("experience", "refused"), _negated=True), ("follow_up", "")),
                            _connector="OR",
                        ),
                        name="feedback_refusal_is_followed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follow_up", "settled"), _negated=True),
                            models.Q(("follow_up_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="feedback_settled_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="Document")),
                ("file", models.FileField(upload_to="referrals/%Y/%m/")),
                ("content_type", models.CharField(max_length=40)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="partners.referral",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partners.offerrequirement",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a request",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="Code")),
                (
                    "state",
                    models.CharField(
                        choices=[("issued", "Issued"), ("redeemed", "Used"), ("lapsed", "Lapsed")],
                        default="issued",
                        max_length=10,
                        verbose_name="State",
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="partners.offer",
                    ),
                ),
                (
                    "registrant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vouchers",
                        to="registry.registrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "voucher",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued")),
                        fields=("offer", "registrant"),
                        name="voucher_one_live",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="voucher_expires_after_issue",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="offeruse",
            name="voucher",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="use",
                to="partners.voucher",
            ),
        ),
        migrations.AddIndex(
            model_name="branch",
            index=models.Index(fields=["commune", "partner"], name="branch_by_commune"),
        ),
        migrations.AddConstraint(
            model_name="branch",
            constraint=models.UniqueConstraint(fields=("partner", "code"), name="branch_code_of_partner"),
        ),
        migrations.AddConstraint(
            model_name="offeruse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("way", "voucher"), _negated=True), ("voucher__isnull", False), _connector="OR"
                ),
                name="use_by_voucher_has_it",
            ),
        ),
    ]
