import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def ground_of_earlier_refusals(apps, schema_editor):
    """Refusals from before there was a list keep their reason, under a ground that says so."""
    applications = apps.get_model("registry", "Application").objects
    ground = apps.get_model("registry", "Ground").objects
    for state, procedure in (("to_correct", "return"), ("rejected", "rejection")):
        earlier = applications.filter(state=state, ground=None)
        if earlier.exists():
            earlier.update(
                ground=ground.create(
                    procedure=procedure,
                    code="before-the-list",
                    name_ar="قرار سابق لاعتماد لائحة الأسباب",
                    name_fr="Décision antérieure à la liste des motifs",
                    is_active=False,
                )
            )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_audit_trail_append_only"),
        ("registry", "0002_flags_and_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                verbose_name="Ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="ground",
            constraint=models.UniqueConstraint(
                fields=("region", "procedure", "code"), name="ground_code", nulls_distinct=False
            ),
        ),
        migrations.RunPython(ground_of_earlier_refusals, migrations.RunPython.noop),
    ]
