"""A request that its partner refuses is followed up too, and is told apart from what holders tell."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_tills"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="by_partner",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("by_partner", False),
                    models.Q(("experience", "refused"), ("referral__isnull", False)),
                    _connector="OR",
                ),
                name="feedback_by_partner_of_request",
            ),
        ),
    ]
