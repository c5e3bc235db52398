"""Words and colours that a card carries where its chamber has set none: the same in every reader's language.

Kinds and lines are the glossary's terms.
"""

from cards.card_design.face import Bilingual
from registry.enums import Gender, Kind

KINGDOM = Bilingual("المملكة المغربية", "Royaume du Maroc")
KIND_LABELS = {
    Kind.ARTISAN: Bilingual("صانع تقليدي", "Artisan"),
    Kind.MASTER_ARTISAN: Bilingual("صانع تقليدي معلم", "Maître artisan (maâlam)"),
    Kind.COOPERATIVE: Bilingual("تعاونية الصناعة التقليدية", "Coopérative d'artisanat"),
    Kind.ENTERPRISE: Bilingual("مقاولة الصناعة التقليدية", "Entreprise d'artisanat"),
}
_FEMALE_LABELS = {
    Kind.ARTISAN: Bilingual("صانعة تقليدية", "Artisane"),
    Kind.MASTER_ARTISAN: Bilingual("صانعة تقليدية معلمة", "Maître artisane (maâlma)"),
}
# Kinds are told apart from afar by the colour of their band, and in words by its title.
BANDS = {
    Kind.ARTISAN: "#0b5d4a",
    Kind.MASTER_ARTISAN: "#8f3d1e",
    Kind.COOPERATIVE: "#1f4b73",
    Kind.ENTERPRISE: "#5a3a63",
}
ACCENT, PAPER = "#e0a526", "#faf6ec"


def kind_label(kind: Kind, gender: str = "") -> Bilingual:
    """What the band calls the holder: a woman by her own form."""
    if gender == Gender.FEMALE:
        return _FEMALE_LABELS.get(kind, KIND_LABELS[kind])
    return KIND_LABELS[kind]


def found_lines(chamber: Bilingual) -> Bilingual:
    """What the back asks of whoever finds a card."""
    return Bilingual(
        f"من عثر على هذه البطاقة، فالرجاء تسليمها إلى {chamber.ar}.",
        f"Carte trouvée ? Merci de la remettre à la {chamber.fr}.",
    )
