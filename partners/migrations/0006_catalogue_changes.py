"""A row for each statement that changes what the catalogue is made of, in sight when the change is."""

from django.db import migrations, models

_TABLES = {
    "offers": (
        "partners_offer",
        "partners_offer_domains",
        "partners_offer_regions",
        "partners_offer_crafts",
        "partners_partner",
        "partners_agreement",
        "core_servicedomain",
        "core_region",
        "registry_craftlist",
        "registry_craftbranch",
        "registry_craft",
    ),
    "places": ("partners_branch", "core_commune", "core_province"),
}

_FUNCTION = """
CREATE FUNCTION partners_catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO partners_cataloguechange (topic) VALUES (TG_ARGV[0]);
    RETURN NULL;
END
$$;
"""

_ON_TABLE = """
CREATE TRIGGER {table}_changes_catalogue AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION partners_catalogue_changed('{topic}');
"""


def _statements() -> list[tuple[str, str]]:
    named = [(table, topic) for topic, tables in _TABLES.items() for table in tables]
    return [
        (
            _ON_TABLE.format(table=table, topic=topic),
            f"DROP TRIGGER {table}_changes_catalogue ON {table};",
        )
        for table, topic in named
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        ("registry", "0001_initial"),
        ("partners", "0005_refusals_written_by_partners"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "topic",
                    models.CharField(choices=[("offers", "offers"), ("places", "places")], max_length=6),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("topic__in", ["offers", "places"])),
                        name="catalogue_change_topic",
                    )
                ],
            },
        ),
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION partners_catalogue_changed();"),
        *(migrations.RunSQL(forward, backward) for forward, backward in _statements()),
    ]
