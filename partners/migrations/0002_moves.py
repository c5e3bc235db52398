"""The tables of `partners.lifecycle`, for whoever does not come by way of the actions; tests compare the two."""

from django.db import migrations

_MOVES = {
    "agreement": [("prepared", "signed"), ("signed", "ended")],
    "adhesion": [
        ("proposed", "voted"),
        ("proposed", "refused"),
        ("refused", "proposed"),
        ("ended", "proposed"),
        ("voted", "ended"),
    ],
    "offer": [
        ("draft", "proposed"),
        ("proposed", "published"),
        ("proposed", "draft"),
        ("published", "withdrawn"),
        ("withdrawn", "draft"),
    ],
    "offerchange": [("proposed", "accepted"), ("proposed", "returned"), ("proposed", "withdrawn")],
    "voucher": [("issued", "redeemed"), ("issued", "lapsed")],
    "referral": [
        ("sent", "in_hand"),
        ("sent", "documents_asked"),
        ("in_hand", "documents_asked"),
        ("documents_asked", "in_hand"),
        *(
            (source, to)
            for source in ("sent", "in_hand", "documents_asked")
            for to in ("accepted", "refused", "withdrawn")
        ),
    ],
}


def _trigger(table: str) -> str:
    pairs = ", ".join(f"('{source}', '{to}')" for source, to in _MOVES[table])
    return f"""
CREATE TRIGGER {table}_state_move BEFORE UPDATE OF state ON partners_{table} FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND (OLD.state, NEW.state) NOT IN ({pairs}))
    EXECUTE FUNCTION registry_refuse_move();
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("registry", "0002_held_by_the_database")]

    operations = [
        migrations.RunSQL(_trigger(table), f"DROP TRIGGER {table}_state_move ON partners_{table}")
        for table in _MOVES
    ]
