"""Designs of cards in versions; one that a batch was composed with can no longer be changed."""

import cards.card_design.colours
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


CLOSED = """
CREATE FUNCTION cards_design_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    design bigint := CASE TG_TABLE_NAME WHEN 'cards_designversion' THEN to_jsonb(OLD) -> 'id'
        ELSE to_jsonb(OLD) -> 'version_id' END;
BEGIN
    IF EXISTS (SELECT FROM cards_cardbatch WHERE design_id = design) THEN
        RAISE EXCEPTION 'a batch was composed with this design' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER cards_designversion_closed BEFORE UPDATE OR DELETE ON cards_designversion
    FOR EACH ROW EXECUTE FUNCTION cards_design_is_closed();
CREATE TRIGGER cards_kinddesign_closed BEFORE UPDATE OR DELETE ON cards_kinddesign
    FOR EACH ROW EXECUTE FUNCTION cards_design_is_closed();
"""
OPEN = """
DROP TRIGGER cards_kinddesign_closed ON cards_kinddesign;
DROP TRIGGER cards_designversion_closed ON cards_designversion;
DROP FUNCTION cards_design_is_closed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cards", "0004_printing"),
        ("core", "0002_audit_trail_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            },
        ),
        migrations.AddConstraint(
            model_name="designversion",
            constraint=models.UniqueConstraint(fields=("region", "number"), name="design_version_once"),
        ),
        migrations.AddConstraint(
            model_name="kinddesign",
            constraint=models.UniqueConstraint(fields=("version", "kind"), name="kind_design_once"),
        ),
        migrations.AddConstraint(
            model_name="kinddesign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("band__regex", "^#[0-9a-f]{6}$"),
                    ("accent__regex", "^#[0-9a-f]{6}$"),
                    ("paper__regex", "^#[0-9a-f]{6}$"),
                ),
                name="kind_design_colours",
            ),
        ),
        migrations.AddConstraint(
            model_name="kinddesign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("validity_months__isnull", True), ("validity_months__range", (1, 240)), _connector="OR"
                ),
                name="kind_design_validity_sane",
            ),
        ),
        migrations.RunSQL(CLOSED, OPEN),
    ]
