"""Holders' requests are a list that can be taken out as a file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_drafts_end_too"),
    ]

    operations = [
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
                    ("referrals", "Holders' requests for offers"),
                ],
                default="registrants",
                max_length=16,
                verbose_name="List",
            ),
        ),
    ]
