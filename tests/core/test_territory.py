"""The reference data of the country."""

import pytest
from django.core.management import call_command

from core.models import Chamber, Commune, Province, Region

pytestmark = pytest.mark.django_db


def test_the_whole_country_is_loaded_with_both_names():
    assert (Region.objects.count(), Province.objects.count(), Commune.objects.count()) == (12, 83, 1503)
    for model in (Region, Province, Commune):
        assert not model.objects.filter(name_ar="").exists()
        assert not model.objects.filter(name_fr="").exists()


def test_codes_keep_their_zeros_and_say_the_hierarchy():
    laayoune = Commune.objects.select_related("province__region").get(code="11.321.01.03")
    assert (laayoune.name_ar, laayoune.name_fr) == ("العيون", "Laâyoune")
    assert (laayoune.province_id, laayoune.province.region_id) == ("11.321", "11")
    assert Province.objects.get(code="09.001").region_id == "09"


def test_loading_again_changes_nothing_and_keeps_a_chambers_own_settings():
    Chamber.objects.filter(region_id="11").update(card_validity_months=24, name_fr="Notre chambre")
    call_command("load_territory", verbosity=0)
    chamber = Chamber.objects.get(region_id="11")
    assert (chamber.card_validity_months, chamber.name_fr) == (24, "Notre chambre")
    assert Commune.objects.count() == 1503
