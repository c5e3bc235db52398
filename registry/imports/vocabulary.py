"""What the words of a file stand for: kinds, communes, crafts, by code or by name in either language."""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import override

from core.arabic import digits, fold
from core.models import Commune, Province
from registry.enums import Gender, Kind, QualificationKind
from registry.imports.columns import LANGUAGES
from registry.models import Craft

# Names, places and crafts come again and again.
folded = lru_cache(maxsize=50_000)(fold)

# Words met in lists of the chambers beside the labels of the portal.
_GENDERS = {
    Gender.FEMALE: ("f", "femme", "feminin", "mme", "female", "أنثى", "انثى", "امرأة", "إ"),
    Gender.MALE: ("m", "h", "homme", "masculin", "mr", "male", "ذكر", "رجل", "ذ"),
}
_KINDS = {
    Kind.ARTISAN: ("صانع", "صانعة", "صانع تقليدي", "صانعة تقليدية", "artisane", "individuel"),
    Kind.MASTER_ARTISAN: ("معلم", "معلمة", "صانع معلم", "maalem", "maitre artisan", "maitre"),
    Kind.COOPERATIVE: ("تعاونية", "cooperative", "coop"),
    Kind.ENTERPRISE: ("مقاولة", "شركة", "entreprise", "societe"),
}
_QUALIFICATIONS = {
    QualificationKind.DIPLOMA: ("دبلوم", "diplome", "diploma"),
    QualificationKind.ATTESTATION: ("إشهاد", "شهادة ممارسة", "attestation", "experience", "خبرة", "ممارسة"),
}


class Place(NamedTuple):
    code: str
    province: str
    region: str


class Vocabulary:
    """Everything that can be looked up, read once for many rows."""

    def __init__(self) -> None:
        self.genders = _words(Gender, _GENDERS)
        self.kinds = _words(Kind, _KINDS)
        self.qualifications = _words(QualificationKind, _QUALIFICATIONS)
        self.places: dict[str, Place] = {}
        self._communes: dict[str, list[Place]] = defaultdict(list)
        for commune in Commune.objects.select_related("province"):
            place = Place(commune.code, commune.province_id, commune.province.region_id)
            self.places[commune.code] = place
            for name in {fold(commune.name_ar), fold(commune.name_fr)}:
                self._communes[name].append(place)
        self._provinces: dict[str, set[str]] = defaultdict(set)
        for province in Province.objects.with_communes():
            for name in (fold(province.name_ar), fold(province.name_fr), province.code):
                self._provinces[name].add(province.code)
        self._crafts: dict[str, set[int]] = defaultdict(set)
        for craft in Craft.objects.current():
            for name in (fold(craft.name_ar), fold(craft.name_fr), fold(craft.code)):
                self._crafts[name].add(craft.pk)

    def communes(self, text: str, province: str, region: str | None) -> list[Place]:
        """The communes that are meant: by HCP code, else by name; those of the region where it has any."""
        exact = self.places.get(digits(text).strip())
        if exact:
            return [exact]
        found = self._communes.get(folded(text), [])
        if province:
            codes = self.provinces(province)
            found = [place for place in found if place.province in codes]
        return [place for place in found if place.region == region] or found if region else found

    def provinces(self, text: str) -> set[str]:
        return self._provinces.get(digits(text).strip()) or self._provinces.get(folded(text), set())

    def crafts(self, text: str) -> set[int]:
        return self._crafts.get(folded(text), set())


def _words(choices: type[TextChoices], more: dict) -> dict[str, str]:
    known = {fold(word): choice.value for choice, words in more.items() for word in words}
    for choice in choices:
        known[fold(choice.value)] = choice.value
        for language in LANGUAGES:
            with override(language):
                known[fold(str(choice.label))] = choice.value
    return known
