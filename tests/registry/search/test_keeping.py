"""Whichever way people are written, they are found: the database itself keeps what is searched."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from registry.enums import CardStanding, Flag, RegistrantState
from registry.models import Craft, FullName, NameWord, Registrant, RegistrantCraft, SearchEntry
from registry.search.people import NAME_COLUMNS
from registry.search.rebuild import rebuild
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory

pytestmark = pytest.mark.django_db


def terms(*texts):
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_terms(VARIADIC %s::text[])", [list(texts)])
        return set(cursor.fetchone()[0])


def has(person, *texts):
    return terms(*texts) <= set(SearchEntry.objects.get(pk=person.pk).terms)


def unsaved(**changes):
    person = RegistrantFactory.build(
        commune_id="11.321.01.03", region_id="11", nia=None, state="candidate", registered_on=None, **changes
    )
    person.name_key = person.make_name_key()
    return person


def test_who_is_saved_is_found_by_name_and_by_every_filter():
    person = RegistrantFactory(family_name_ar="التازروالتي", flags=[Flag.DOCUMENT_MISSING])
    craft = person.craft_links.get().craft
    assert list(Registrant.objects.search("تازروالتي")) == [person]
    assert has(
        person,
        "region:11",
        "province:11.321",
        "commune:11.321.01.03",
        "kind:artisan",
        "gender:male",
        "state:registered",
        "card:none",
        "flag:document_missing",
        f"craft:{craft.pk}",
        f"branch:{craft.branch_id}",
        "word:تازروالتي",
    )


def test_who_is_added_in_bulk_is_found():
    Registrant.objects.bulk_create([unsaved(family_name_latin=f"Zentar{letter}") for letter in "abc"])
    assert Registrant.objects.search("zentarb").count() == 1


def test_many_are_added_without_reading_the_register_through():
    kept = (Registrant, RegistrantCraft, SearchEntry, FullName, NameWord)

    def read_through():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sum(seq_scan) FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
                [[model._meta.db_table for model in kept]],
            )
            return cursor.fetchone()[0]

    craft = RegistrantFactory().craft_links.get().craft
    before = read_through()
    for letter in "abcdefgh":
        people = Registrant.objects.bulk_create([unsaved(family_name_latin=f"Zentar{letter}")])
        RegistrantCraft.objects.bulk_create([RegistrantCraft(registrant=one, craft=craft) for one in people])
    assert read_through() == before


def test_who_is_copied_into_the_table_is_found():
    template = RegistrantFactory(family_name_latin="Qarouch")
    columns = [
        field.column
        for field in Registrant._meta.local_concrete_fields
        if not field.generated and field.column not in {"id", "user_id"}
    ]
    values = {
        "nia": "'11-777777-7'",
        "national_id": "'ZT777777'",
        "name_key": "replace(name_key, 'qarouch', 'wzzani')",
    }
    picked = ", ".join(values.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO registry_registrant ({', '.join(columns)}) SELECT {picked}"  # noqa: S608
            " FROM registry_registrant WHERE id = %s",
            [template.pk],
        )
    assert Registrant.objects.search("wzzani").get().pk != template.pk


def test_a_new_name_is_found_and_the_old_one_no_longer():
    person = RegistrantFactory(family_name_ar="الأنصاري")
    person.family_name_ar = "المنصوري"
    person.save()
    assert list(Registrant.objects.search("منصوري")) == [person]
    assert not Registrant.objects.search("محمد الأنصاري").exists()


def test_an_update_of_many_is_followed():
    person = RegistrantFactory()
    Registrant.objects.filter(pk=person.pk).update(
        card_standing=CardStanding.MADE, flags=[Flag.CARD_UNCOLLECTED], state=RegistrantState.SUSPENDED
    )
    assert has(person, "card:made", "flag:card_uncollected", "state:suspended")
    assert not has(person, "state:registered")
    assert SearchEntry.objects.get(pk=person.pk).state == "suspended"


def test_who_moves_is_found_where_they_are():
    person = RegistrantFactory()
    Registrant.objects.filter(pk=person.pk).update(commune_id=DAKHLA_COMMUNE, region_id="12")
    entry = SearchEntry.objects.get(pk=person.pk)
    assert entry.region_id == "12"
    assert has(person, "region:12", f"commune:{DAKHLA_COMMUNE}")


def test_names_are_not_updated_without_their_key():
    person = RegistrantFactory()
    with pytest.raises(ValueError, match="name_key"):
        Registrant.objects.filter(pk=person.pk).update(family_name_ar="آخر")
    person.family_name_ar = "آخر"
    with pytest.raises(ValueError, match="name_key"):
        Registrant.objects.bulk_update([person], ["family_name_ar"])


def test_a_name_without_its_key_is_refused_by_the_database():
    with pytest.raises(IntegrityError, match="registrant_name_key_form"), transaction.atomic():
        RegistrantFactory.build()
        Registrant.objects.filter(pk=RegistrantFactory().pk).update(name_key="محمد")


def test_crafts_are_followed_when_they_come_change_and_go():
    person = RegistrantFactory()
    first, second, third = Craft.objects.current()[:3]
    RegistrantCraft.objects.bulk_create([RegistrantCraft(registrant=person, craft=second)])
    assert has(person, f"craft:{first.pk}", f"craft:{second.pk}")
    RegistrantCraft.objects.filter(craft=second).update(craft=third)
    assert has(person, f"craft:{third.pk}")
    assert not has(person, f"craft:{second.pk}")
    RegistrantCraft.objects.filter(craft=third).delete()
    assert not has(person, f"craft:{third.pk}")


def test_a_craft_that_changes_its_branch_takes_its_people_along():
    person = RegistrantFactory()
    craft = person.craft_links.get().craft
    other = Craft.objects.current().exclude(branch=craft.branch).first().branch
    Craft.objects.filter(pk=craft.pk).update(branch=other, code="moved")
    assert has(person, f"branch:{other.pk}")


def test_who_is_merged_into_another_leaves_the_search_and_comes_back_with_the_merge_undone():
    stays = RegistrantFactory()
    goes = RegistrantFactory(candidate=True, family_name_ar="المدموج")
    Registrant.objects.filter(pk=goes.pk).update(merged_into=stays)
    assert not Registrant.objects.search("مدموج").exists()
    Registrant.objects.filter(pk=goes.pk).update(merged_into=None)
    assert list(Registrant.objects.search("مدموج")) == [goes]


def test_who_is_deleted_leaves_the_search():
    person = RegistrantFactory()
    pk = person.pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_qualification WHERE registrant_id = %s", [pk])
        cursor.execute("DELETE FROM registry_registrantcraft WHERE registrant_id = %s", [pk])
        cursor.execute("DELETE FROM registry_registrant WHERE id = %s", [pk])
    assert not SearchEntry.objects.filter(pk=pk).exists()


@pytest.mark.django_db(transaction=True)
def test_made_anew_the_tables_are_what_the_triggers_made():
    people = [
        RegistrantFactory(given_name_ar="عبد الله"),
        RegistrantFactory(kind="cooperative", organisation_name_ar="تعاونية", organisation_name_latin="Coop"),
        RegistrantFactory(flags=[Flag.DOCUMENT_MISSING]),
    ]
    merged = RegistrantFactory(candidate=True)
    Registrant.objects.filter(pk=merged.pk).update(merged_into=people[0])

    def state():
        entries = [
            entry | {"terms": sorted(set(entry["terms"]))}
            for entry in SearchEntry.objects.order_by("pk").values()
        ]
        named = FullName.objects.filter(key__in=[entry[side] for entry in entries for side in NAME_COLUMNS])
        names = {(name.key, name.side, name.name, tuple(sorted(name.words))) for name in named}
        words = {(word.word, word.sound, tuple(sorted(word.keys))) for word in NameWord.objects.all()}
        return entries, names, words

    entries, names, words = state()
    list(rebuild())
    again, names_again, words_again = state()
    assert (again, names_again) == (entries, names)
    assert words_again <= words
    assert list(Registrant.objects.search("abdellah")) == [people[0]]


@pytest.mark.django_db(transaction=True)
def test_two_who_bring_the_same_new_names_in_another_order_do_not_wait_for_each_other():
    names = ["Wahdani", "Zemmouri"]
    people = {
        order: [
            unsaved(family_name_latin=name, national_id=f"ZT{order}{place}")
            for place, name in enumerate(names if order == 1 else names[::-1])
        ]
        for order in (1, 2)
    }
    meeting, problems = threading.Barrier(2, timeout=20), []

    def add(order):
        try:
            with transaction.atomic():
                people[order][0].save()
                meeting.wait()
                people[order][1].save()
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(order,)) for order in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert {Registrant.objects.search(name).count() for name in names} == {2}


def test_a_birth_date_and_a_registration_date_are_followed():
    person = RegistrantFactory()
    Registrant.objects.filter(pk=person.pk).update(
        birth_date=date(1955, 1, 2), registered_on=date(2026, 2, 3)
    )
    entry = SearchEntry.objects.get(pk=person.pk)
    assert (entry.birth_date, entry.registered_on) == (date(1955, 1, 2), date(2026, 2, 3))
