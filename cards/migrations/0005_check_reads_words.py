"""A check reads the few words of a card that it shows, not all that stands on it."""

from importlib import import_module

from django.db import migrations

BACKWARD = import_module("cards.migrations.0004_check_function").FORWARD
DROP = "DROP FUNCTION cards_checked(text)"
FORWARD = """
CREATE FUNCTION cards_checked(asked text) RETURNS TABLE (
    id bigint, serial text, state text, issued_on date, valid_until date, photograph text, registrant_id bigint,
    holder_state text, chamber_ar text, chamber_fr text, shows_photograph boolean,
    checks_a_day smallint, far_checks_minutes smallint, is_succeeded boolean, name_ar text, name_latin text,
    kind_ar text, kind_fr text, craft_ar text, craft_fr text, nia text
) LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
    RETURN QUERY
    SELECT card.id, card.serial::text, card.state::text, card.issued_on, card.valid_until, card.photograph::text,
        card.registrant_id, holder.state::text, chamber.name_ar::text, chamber.name_fr::text,
        coalesce(chamber.photograph_on_verification, false), rules.checks_a_day, rules.far_checks_minutes,
        EXISTS (
            SELECT FROM cards_card AS newer
            WHERE newer.registrant_id = card.registrant_id AND newer.id > card.id AND newer.state = 'handed_over'
        ),
        card.face->>'name_ar', card.face->>'name_latin', card.face#>>'{design,kind_label,0}',
        card.face#>>'{design,kind_label,1}', card.face#>>'{craft,0}', card.face#>>'{craft,1}', card.face->>'nia'
    FROM cards_card AS card
    JOIN registry_registrant AS holder ON holder.id = card.registrant_id
    LEFT JOIN core_chamber AS chamber ON chamber.region_id = holder.region_id
    LEFT JOIN cards_cardrules AS rules ON rules.region_id = holder.region_id
    WHERE card.serial = asked;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cards", "0004_check_function")]

    operations = [migrations.RunSQL([DROP, FORWARD], [DROP, BACKWARD])]
