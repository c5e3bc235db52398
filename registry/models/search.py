"""What searching reads. Triggers of the database keep these tables: no code writes to them.

Ids of words and names are hashes of their text, so that a person's row is made without looking anything up.
Rows are added where none is there yet, without a unique constraint: two transactions that meet the same new
name never wait for each other, and at worst leave it twice until `manage.py rebuild_search`.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

from core.models import Region
from registry.models.registrant import Registrant


class NameWord(models.Model):
    """One folded word of names, or two that people join, and what it is looked up by."""

    word = models.TextField()
    sound = models.TextField()
    # The word and what is left of it without any one letter; behind ~ what its sound is looked up by.
    keys = ArrayField(models.TextField())
    # How many people bear it, when the tables were last made anew.
    people = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            GinIndex(fields=["keys"], name="name_word_keys", fastupdate=False),
            models.Index(OpClass("word", "text_pattern_ops"), name="name_word_prefix"),
        ]

    def __str__(self) -> str:
        return self.word


class FullName(models.Model):
    """One folded name as people or organisations bear it. Names are ranked, not the people behind them."""

    class Side(models.IntegerChoices):
        PERSON_AR = 0
        PERSON_LATIN = 1
        ORGANISATION_AR = 2
        ORGANISATION_LATIN = 3

    key = models.BigIntegerField()
    side = models.PositiveSmallIntegerField(choices=Side)
    name = models.TextField()
    words = ArrayField(models.BigIntegerField())
    people = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="full_name_words", fastupdate=False),
            models.Index(fields=["key"], name="full_name_key"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchEntry(models.Model):
    """A registrant as lists and searches see it: narrow, and complete for every filter."""

    # The database's own constraint removes the entry together with its registrant.
    registrant = models.OneToOneField(
        Registrant,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="search_entry",
    )
    region = models.ForeignKey(
        Region, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    state = models.CharField(max_length=12)
    card_standing = models.CharField(max_length=12)
    birth_date = models.DateField()
    registered_on = models.DateField(null=True)
    # Keys of FullName, by side.
    person_ar = models.BigIntegerField()
    person_latin = models.BigIntegerField()
    organisation_ar = models.BigIntegerField(null=True)
    organisation_latin = models.BigIntegerField(null=True)
    # Words of the names and every value that is filtered by, as `registry_term` hashes them.
    terms = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [
            GinIndex(fields=["terms"], name="search_entry_terms", gin_pending_list_limit=512),
            models.Index(fields=["region", "registrant"], name="search_entry_region"),
            models.Index(fields=["state", "registrant"], name="search_entry_state"),
            models.Index(fields=["region", "state", "registrant"], name="search_entry_region_state"),
            models.Index(fields=["card_standing", "registrant"], name="search_entry_card"),
            models.Index(fields=["region", "card_standing", "registrant"], name="search_entry_region_card"),
            models.Index(fields=["birth_date"], name="search_entry_birth_date"),
            models.Index(fields=["registered_on", "registrant"], name="search_entry_registered_on"),
            models.Index(fields=["person_ar", "region", "registrant"], name="search_entry_person_ar"),
            models.Index(fields=["person_latin", "region", "registrant"], name="search_entry_person_latin"),
            models.Index(
                fields=["organisation_ar"],
                condition=Q(organisation_ar__isnull=False),
                name="search_entry_organisation_ar",
            ),
            models.Index(
                fields=["organisation_latin"],
                condition=Q(organisation_latin__isnull=False),
                name="search_entry_organisation_fr",
            ),
        ]

    def __str__(self) -> str:
        return str(self.registrant_id)
