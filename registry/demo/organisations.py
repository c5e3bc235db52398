"""Names of invented cooperatives and enterprises, in Arabic and French."""

import random

WORDS = (
    ("الأمل", "Al Amal"),
    ("النور", "Annour"),
    ("الوفاء", "Al Wafae"),
    ("النجاح", "Annajah"),
    ("التقدم", "Attakaddoum"),
    ("الأصالة", "Al Assala"),
    ("التضامن", "Attadamoun"),
    ("الإبداع", "Al Ibdae"),
    ("الرحمة", "Arrahma"),
    ("البركة", "Al Baraka"),
    ("الياسمين", "Al Yasmine"),
    ("السنابل", "Assanabil"),
    ("تيفاوين", "Tifaouine"),
    ("تودرت", "Toudert"),
    ("أفولكي", "Afoulki"),
    ("الواحة", "Al Waha"),
    ("الساقية", "Assakia"),
    ("النخلة", "Annakhla"),
    ("الأنامل الذهبية", "Al Anamil Addahabia"),
    ("المستقبل", "Al Moustakbal"),
    ("الكرامة", "Al Karama"),
    ("المعلم", "Al Maalem"),
    ("الزهور", "Azzouhour"),
    ("الفنون", "Al Founoun"),
)
# By branch of crafts: what follows the name.
WORKS = {
    "P01": ("للخياطة والطرز", "de couture et broderie"),
    "P02": ("للمصنوعات الجلدية", "de maroquinerie"),
    "P03": ("للنسيج والزرابي", "de tissage et tapis"),
    "P04": ("للحلي", "de bijouterie"),
    "P05": ("للنجارة الفنية", "de menuiserie d'art"),
    "P06": ("للمصنوعات المعدنية", "de métaux d'art"),
    "P07": ("للفخار والخزف", "de poterie et céramique"),
    "P08": ("للمنتوجات النباتية", "de vannerie"),
    "P10": ("للبناء التقليدي والزليج", "de bâtiment traditionnel et zellige"),
    "S01": ("لخدمات البناء", "de services du bâtiment"),
    "S02": ("للإصلاح والصيانة", "de réparation et maintenance"),
    "S03": ("لخدمات التجميل", "de coiffure et esthétique"),
}
ANY_WORK = ("للصناعة التقليدية", "d'artisanat")


def name(
    rng: random.Random, kind: str, craft_code: str, family_ar: str, family_latin: str
) -> tuple[str, str]:
    """A name in Arabic and in Latin letters; some enterprises bear their founder's."""
    word_ar, word_latin = rng.choice(WORDS)
    work_ar, work_fr = WORKS.get(craft_code.partition("-")[0], ANY_WORK)
    if kind == "cooperative":
        return f"تعاونية {word_ar} {work_ar}", f"Coopérative {word_latin} {work_fr}"
    if rng.random() < 0.4:
        word_ar, word_latin = family_ar, family_latin
    return f"مقاولة {word_ar} {work_ar}", f"Entreprise {word_latin} {work_fr}"
