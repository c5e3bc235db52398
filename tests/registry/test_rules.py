"""The chamber's rules and its own grounds, changed by those who manage it, on record."""

import pytest
from django.urls import reverse

from core.exceptions import ActionRefused
from core.models import AuditEvent, Region
from core.roles import Role
from registry.actions.rules import add_ground, change_rules, use_ground
from registry.models import Ground, RegisterRules
from tests.factories.proceedings import director
from tests.factories.registry import ground_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return Region.objects.get(code="11")


def sent(**changes):
    """The form as the page shows it, with changes."""
    rules = RegisterRules.objects.of("11")
    fields = [field.name for field in RegisterRules._meta.concrete_fields if field.editable]
    values = {name: getattr(rules, name) for name in fields if name not in {"id", "region", "updated_at"}}
    values = {name: "" if value is None else value for name, value in values.items()}
    return values | {"version": rules.version} | changes


def test_a_changed_rule_is_kept_and_on_record(region):
    change_rules(region=region, changes={"days_to_reply": 20, "days_to_appeal": 30}, version=0, by=director())
    rules = RegisterRules.objects.of("11")
    assert (rules.days_to_reply, rules.version) == (20, 1)
    event = AuditEvent.objects.get(action="registry.rules.changed")
    assert (event.before, event.after) == ({"days_to_reply": 15}, {"days_to_reply": 20})


def test_who_opened_the_page_before_somebody_elses_change_is_refused(region, in_english):
    change_rules(region=region, changes={"days_to_reply": 20}, version=0, by=director())
    with pytest.raises(ActionRefused, match="Somebody else"):
        change_rules(region=region, changes={"days_to_reply": 25}, version=0, by=director())
    assert RegisterRules.objects.of("11").days_to_reply == 20


def test_the_page_saves_every_group_and_says_that_nothing_of_it_is_official(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    address = reverse("registry:rules", kwargs={"region_code": "11"})
    client.cookies["django_language"] = "fr"
    page = client.get(address).content.decode()
    fields = len(client.get(address).context["form"].visible_fields())
    assert page.count("la valeur officielle n'est pas publiée") == fields
    changes = sent(days_to_decide=12, registration_months=36, documents_artisan=["identity"])
    assert client.post(address, changes).status_code == 302
    rules = RegisterRules.objects.of("11")
    assert (rules.days_to_decide, rules.registration_months, rules.documents_artisan) == (
        12,
        36,
        ["identity"],
    )
    assert rules.days_to_appeal == 30


@pytest.mark.parametrize("change", [{"days_to_reply": 0}, {"days_to_appeal": "x"}, {"quorum_percent": 101}])
def test_a_rule_out_of_range_is_an_error_beside_it(sign_in, change):
    address = reverse("registry:rules", kwargs={"region_code": "11"})
    response = sign_in(Role.REGIONAL_DIRECTOR).post(address, sent(**change))
    assert set(response.context["form"].errors) == set(change)


def test_a_chamber_adds_a_ground_once_however_it_is_spelled(region):
    add_ground(
        region=region, procedure="suspension", name_ar="عدم أداء الواجبات", name_fr="Droits", by=director()
    )
    with pytest.raises(ActionRefused):
        add_ground(
            region=region, procedure="suspension", name_ar="عدم اداء  الواجبات", name_fr="x", by=director()
        )
    own = Ground.objects.get(region=region, procedure="suspension")
    assert own in Ground.objects.offered("11", "suspension")
    assert AuditEvent.objects.get(action="registry.ground.added").subject_label == str(own)


def test_a_ground_is_put_out_of_use_and_offered_again(region):
    ground = add_ground(region=region, procedure="suspension", name_ar="سبب", name_fr="Motif", by=director())
    for in_use in (False, False, True):
        use_ground(ground=ground, region=region, in_use=in_use, by=director())
    ground.refresh_from_db()
    assert ground.is_active
    actions = AuditEvent.objects.filter(action__startswith="registry.ground.").order_by("id")
    assert list(actions.values_list("action", flat=True)) == [
        "registry.ground.added",
        "registry.ground.retired",
        "registry.ground.used",
    ]


def test_everybodys_grounds_are_the_national_administrations(sign_in):
    ground = ground_for("suspension")
    address = reverse("registry:ground_use", kwargs={"region_code": "11", "pk": ground.pk})
    assert sign_in(Role.REGIONAL_DIRECTOR).post(address, {"in_use": "no"}).status_code == 403
    assert sign_in(Role.NATIONAL_ADMIN).post(address, {"in_use": "no"}).status_code == 302
    ground.refresh_from_db()
    assert not ground.is_active


def test_the_grounds_page_adds_to_the_chambers_own_list(sign_in):
    address = reverse("registry:grounds", kwargs={"region_code": "11"})
    answer = {"procedure": "rejection", "name_ar": "سبب جديد", "name_fr": "Nouveau motif"}
    client = sign_in(Role.REGIONAL_DIRECTOR)
    assert client.post(address, answer).status_code == 302
    assert Ground.objects.get(name_fr="Nouveau motif").region_id == "11"
    assert "سبب جديد" in client.get(address).content.decode()
    assert "سبب جديد" in client.post(address, answer).content.decode()


def test_the_chambers_settings_lead_to_its_rules(sign_in):
    page = sign_in(Role.REGIONAL_DIRECTOR).get(reverse("core:chamber_settings", args=["11"]))
    assert reverse("registry:rules", args=["11"]) in page.content.decode()
