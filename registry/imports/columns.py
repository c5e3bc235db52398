"""Which column of a file is which: the fields that a file may hold, and what people call them.

Headings are compared folded, so that case, accents, hamza and articles do not matter. Where no heading fits
whole, the closest one is proposed; a person confirms all of them before anything is checked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rapidfuzz import fuzz, process

from core.arabic import fold

CLOSE_ENOUGH = 88
LANGUAGES = ("ar", "fr", "en")


@dataclass(frozen=True)
class Column:
    """A field that a file may hold. `words` are headings met in lists of the chambers, beside its label."""

    field: str
    label: str | Promise
    words: tuple[str, ...] = ()
    updatable: bool = True


COLUMNS = (
    Column(
        "nia",
        _("Registration number (NIA)"),
        (
            "nia",
            "n nia",
            "numero nia",
            "registration number",
            "numero d'immatriculation",
            "immatriculation",
            "n d'inscription",
            "numero d'inscription",
            "رقم التسجيل",
            "رقم القيد",
            "رقم الصانع",
            "الرقم الوطني للصانع",
        ),
        updatable=False,
    ),
    Column(
        "national_id",
        _("National identity number"),
        (
            "cin",
            "cnie",
            "n cin",
            "n cnie",
            "numero cin",
            "carte nationale",
            "identity number",
            "identity card",
            "national id",
            "رقم البطاقة الوطنية",
            "رقم البطاقة الوطنية للتعريف",
            "البطاقة الوطنية",
            "رقم ب ت و",
            "ر ب ت و",
            "ب و ت",
        ),
        updatable=False,
    ),
    Column(
        "kind",
        _("Kind"),
        ("type", "categorie", "qualite", "category", "النوع", "الصنف", "الصفة", "الفئة"),
        updatable=False,
    ),
    Column(
        "family_name_ar",
        _("Family name in Arabic"),
        (
            "nom ar",
            "nom arabe",
            "nom en arabe",
            "family name ar",
            "last name arabic",
            "الاسم العائلي",
            "النسب",
            "الاسم العائلي بالعربية",
            "اللقب",
        ),
    ),
    Column(
        "given_name_ar",
        _("Given name in Arabic"),
        (
            "prenom ar",
            "prenom arabe",
            "prenom en arabe",
            "given name ar",
            "first name arabic",
            "الاسم الشخصي",
            "الاسم",
            "الاسم الشخصي بالعربية",
        ),
    ),
    Column(
        "family_name_latin",
        _("Family name in Latin letters"),
        (
            "nom",
            "nom fr",
            "nom francais",
            "nom de famille",
            "nom latin",
            "family name",
            "last name",
            "surname",
            "الاسم العائلي بالفرنسية",
            "النسب بالفرنسية",
            "الاسم العائلي باللاتينية",
        ),
    ),
    Column(
        "given_name_latin",
        _("Given name in Latin letters"),
        (
            "prenom",
            "prenom fr",
            "prenom francais",
            "prenom latin",
            "given name",
            "first name",
            "الاسم الشخصي بالفرنسية",
            "الاسم بالفرنسية",
            "الاسم الشخصي باللاتينية",
        ),
    ),
    Column(
        "organisation_name_ar",
        _("Organisation's name in Arabic"),
        (
            "raison sociale ar",
            "denomination ar",
            "اسم التعاونية",
            "اسم المقاولة",
            "اسم الهيئة",
            "التسمية",
        ),
    ),
    Column(
        "organisation_name_latin",
        _("Organisation's name in Latin letters"),
        (
            "raison sociale",
            "denomination",
            "nom de la cooperative",
            "nom de l'entreprise",
            "organisation",
            "company",
            "اسم التعاونية بالفرنسية",
            "اسم المقاولة بالفرنسية",
        ),
    ),
    Column("gender", _("Gender"), ("sexe", "genre", "sex", "الجنس", "النوع الاجتماعي")),
    Column(
        "birth_date",
        _("Birth date"),
        (
            "date de naissance",
            "ne le",
            "naissance",
            "date naissance",
            "date of birth",
            "تاريخ الازدياد",
            "تاريخ الميلاد",
            "تاريخ الولادة",
        ),
    ),
    Column(
        "phone",
        _("Mobile telephone"),
        (
            "telephone",
            "tel",
            "gsm",
            "portable",
            "mobile",
            "phone",
            "n tel",
            "الهاتف",
            "رقم الهاتف",
            "الهاتف المحمول",
            "الهاتف النقال",
        ),
    ),
    Column(
        "email",
        _("E-mail"),
        ("email", "mail", "courriel", "adresse electronique", "البريد الإلكتروني", "العنوان الإلكتروني"),
    ),
    Column(
        "province",
        _("Province or prefecture"),
        ("province", "prefecture", "الإقليم", "العمالة", "العمالة أو الإقليم"),
        updatable=False,
    ),
    Column(
        "commune",
        _("Commune"),
        ("commune", "code commune", "ville", "localite", "city", "الجماعة", "المدينة", "الجماعة الترابية"),
    ),
    Column(
        "address",
        _("Address of the workplace"),
        (
            "adresse",
            "adresse professionnelle",
            "local",
            "address",
            "العنوان",
            "عنوان المحل",
            "العنوان المهني",
        ),
    ),
    Column(
        "principal_craft",
        _("Principal craft"),
        (
            "metier",
            "activite",
            "metier principal",
            "code metier",
            "filiere",
            "profession",
            "craft",
            "activity",
            "الحرفة",
            "المهنة",
            "النشاط",
            "الحرفة الرئيسية",
        ),
    ),
    Column("second_craft", _("Second craft"), ("metier 2", "deuxieme metier", "الحرفة الثانية")),
    Column("third_craft", _("Third craft"), ("metier 3", "troisieme metier", "الحرفة الثالثة")),
    Column(
        "qualification_kind",
        _("Proof of qualification"),
        ("qualification", "preuve", "justificatif", "نوع المؤهل", "إثبات التأهيل", "المؤهل"),
    ),
    Column(
        "qualification_title",
        _("Diploma, or who attests"),
        ("diplome", "intitule du diplome", "attestation", "diploma", "الدبلوم", "الشهادة", "الجهة المشهدة"),
    ),
    Column(
        "years_of_exercise",
        _("Years of actual exercise"),
        (
            "annees d'exercice",
            "experience",
            "annees d'experience",
            "anciennete",
            "years",
            "سنوات الممارسة",
            "سنوات الخبرة",
            "الأقدمية",
        ),
    ),
    Column(
        "supervisor",
        _("Registration number of the supervising artisan"),
        (
            "artisan encadrant",
            "encadrant",
            "nia encadrant",
            "responsable",
            "رقم الصانع المشرف",
            "الصانع المشرف",
        ),
        updatable=False,
    ),
    Column(
        "registered_on",
        _("Registered on"),
        (
            "date d'inscription",
            "date d'immatriculation",
            "inscrit le",
            "registration date",
            "تاريخ التسجيل",
            "تاريخ القيد",
        ),
        updatable=False,
    ),
)
BY_FIELD = {column.field: column for column in COLUMNS}
UPDATABLE = tuple(column.field for column in COLUMNS if column.updatable)


def match(header: Sequence[str]) -> dict[str, int]:
    """Field by field the column that its heading names; no column twice, none for what nothing names."""
    headings = headings_known()
    folded = [fold(text) for text in header]
    found: dict[str, int] = {}
    for position, text in enumerate(folded):
        if text and (field := headings.get(text)) and field not in found:
            found[field] = position
    taken = set(found.values())
    for position, text in enumerate(folded):
        if position in taken or len(text) < 4:
            continue
        free = {known: field for known, field in headings.items() if field not in found and len(known) > 3}
        close = process.extractOne(text, free.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        if close:
            found[free[close[0]]] = position
    return found


def header_of(rows: Iterable[tuple[int, list[str]]]) -> int:
    """Which of the first rows is the header: the one with most known headings, the first where none is."""
    recognised = [len(match(cells)) for _line, cells in rows]
    return recognised.index(max(recognised)) if recognised else 0


def letter(position: int) -> str:
    """What a spreadsheet calls the column: A, B, ... Z, AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def headings_known() -> dict[str, str]:
    """Folded heading to field: the labels in every language, the field's own name, and words met in lists."""
    known: dict[str, str] = {}
    for column in COLUMNS:
        known[fold(column.field)] = column.field
        for language in LANGUAGES:
            with override(language):
                known.setdefault(fold(str(column.label)), column.field)
    for column in COLUMNS:
        for word in column.words:
            known.setdefault(fold(word), column.field)
    return known
