"""What was half-typed at a counter has its end of retention; whoever is to be asked for a craft is a list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_notifications"),
    ]

    operations = [
        migrations.AddField(
            model_name="retentionentry",
            name="draft_key",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="exportjob",
            name="listing",
            field=models.CharField(
                choices=[
                    ("registrants", "National craft register"),
                    ("applications", "Applications"),
                    ("changes", "Requests about entries"),
                    ("proceedings", "Suspension and striking off"),
                    ("bodies", "Craft bodies"),
                    ("drafts", "Drafts"),
                    ("renewals", "Due for renewal"),
                    ("gone_crafts", "People whose craft is not in the list in use"),
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
        migrations.AlterField(
            model_name="retentionentry",
            name="registrant_number",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="retentionentry",
            constraint=models.UniqueConstraint(fields=("run", "draft_key"), name="retention_draft_once"),
        ),
        migrations.AddConstraint(
            model_name="retentionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registrant_number__isnull", True), ("draft_key__isnull", True), _connector="XOR"
                ),
                name="retention_entry_names_one",
            ),
        ),
    ]
