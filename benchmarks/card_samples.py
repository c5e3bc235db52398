"""Invented cards with names as they are met: long and short, both scripts, every kind of letter."""

import random
from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

from cards.card_design.face import Bilingual, CardDesign, CardFace
from cards.card_design.wording import found_lines
from cards.qr import card_url
from cards.serials import make_serial
from cards.tokens import sign

FIRST_NAMES = [
    ("فاطمة الزهراء", "Fatima Zahra"), ("محمد", "Mohamed"), ("عبد الرحمان", "Abderrahmane"),
    ("خديجة", "Khadija"), ("لالة مريم", "Lalla Meryem"), ("الحسين", "Lhoucine"), ("يوسف", "Youssef"),
    ("عائشة", "Aïcha"), ("مولاي إدريس", "Moulay Driss"), ("رقية", "Rkia"),
    ("سيدي محمد الأمين", "Sidi Mohamed Lamine"),
    ("نجاة", "Najat"), ("عبد اللطيف", "Abdellatif"), ("حليمة السعدية", "Halima Saâdia"),
    ("إبراهيم", "Brahim"), ("ثورية", "Touria"),
]  # fmt: skip
LAST_NAMES = [
    ("بنعلي", "Benali"), ("الإدريسي العلوي", "El Idrissi El Alaoui"), ("أيت أوبلا", "Aït Oubella"),
    ("بن ليمام", "Ben Limam"), ("الصنهاجي", "Senhaji"), ("المرابط", "El Mrabet"), ("بوعيدة", "Bouaida"),
    ("لمغاري", "Lamghari"), ("ماء العينين", "Maa El Aynayn"), ("التازي", "Tazi"), ("أوعلي", "Ouali"),
    ("الركيبي", "Erguibi"), ("بلّمو", "Bellemou"), ("الحداد الفاسي", "El Haddad El Fassi"),
    ("يحظيه", "Yahdih"),
]  # fmt: skip
CRAFTS = [
    ("النقش على الخشب", "Sculpture sur bois"), ("الزليج البلدي", "Zellige traditionnel"),
    ("الخياطة التقليدية", "Couture traditionnelle"), ("صياغة الفضة", "Bijouterie en argent"),
    ("دباغة الجلود", "Tannage traditionnel"), ("نسيج الزرابي", "Tissage de tapis"),
    ("النحاسيات", "Dinanderie"), ("الخزف والفخار", "Poterie et céramique"),
]  # fmt: skip
PROVINCES = [
    ("إقليم العيون", "Province de Laâyoune"), ("إقليم بوجدور", "Province de Boujdour"),
    ("إقليم طرفاية", "Province de Tarfaya"), ("إقليم السمارة", "Province d'Es-Semara"),
]  # fmt: skip

CHAMBER = Bilingual(
    "غرفة الصناعة التقليدية لجهة العيون الساقية الحمراء", "Chambre d'artisanat de Laâyoune-Sakia El Hamra"
)
DESIGN = CardDesign(
    kind="artisan",
    kind_label=Bilingual("صانع تقليدي", "Artisan"),
    ministry=(
        Bilingual("المملكة المغربية", "Royaume du Maroc"),
        Bilingual(
            "كتابة الدولة المكلفة بالصناعة التقليدية والاقتصاد الاجتماعي والتضامني",
            "Secrétariat d'État chargé de l'Artisanat et de l'Économie sociale et solidaire",
        ),
    ),
    chamber=CHAMBER,
    signatory_title=Bilingual("رئيس الغرفة", "Le président de la chambre"),
    signatory_name=Bilingual("اسم الرئيس", "Nom du président"),
    check_address="carte.example.ma/check",
    found=found_lines(CHAMBER),
    demo=True,
)


def sample_face(number: int, *, photo: bytes | None, design: CardDesign = DESIGN) -> CardFace:
    """Return the nth card: its name is another than its neighbours', its token is signed here."""
    first, last = (
        FIRST_NAMES[number % len(FIRST_NAMES)],
        LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)],
    )
    # Past the 240 pairs a father's name follows, so that hardly two cards of a batch share a name.
    father = FIRST_NAMES[number // (len(FIRST_NAMES) * len(LAST_NAMES)) % len(FIRST_NAMES)]
    serial, until = make_serial(number + 1, "11"), date(2031, 1, 14)
    return CardFace(
        design=design,
        name_ar=f"{first[0]} بن {father[0]} {last[0]}" if number % 3 else f"{first[0]} {last[0]}",
        name_latin=f"{first[1]} Ben {father[1]} {last[1]}" if number % 3 else f"{first[1]} {last[1]}",
        craft=Bilingual(*CRAFTS[number % len(CRAFTS)]),
        region=Bilingual("جهة العيون الساقية الحمراء", "Laâyoune-Sakia El Hamra"),
        province=Bilingual(*PROVINCES[number % len(PROVINCES)]),
        nia=f"11-{number + 1:06d}-{number % 97:02d}",
        issued_on=date(2026, 1, 15),
        valid_until=until,
        serial=serial,
        url=card_url(sign(serial, until)),
        photo=photo,
    )


def drawn_photo(seed: int) -> bytes:
    """Return a drawn portrait of 300 x 400, with grain so that it weighs what a photograph does."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (300, 400), (chance.randint(200, 235), chance.randint(205, 225), 220))
    draw = ImageDraw.Draw(picture)
    skin = chance.choice([(196, 150, 116), (160, 110, 80), (222, 184, 150)])
    clothes = tuple(chance.randint(40, 130) for _ in range(3))
    draw.ellipse((20, 270, 280, 620), fill=clothes)
    draw.rectangle((125, 230, 175, 300), fill=skin)
    draw.ellipse((85, 80, 215, 260), fill=skin)
    draw.pieslice((80, 65, 220, 215), 180, 360, fill=(40, 28, 22))
    for left in (118, 168):
        draw.ellipse((left, 155, left + 14, 165), fill=(30, 20, 15))
    draw.arc((125, 190, 175, 225), 20, 160, fill=(120, 60, 50), width=4)
    grain = Image.effect_noise((300, 400), 40).convert("RGB")
    buffer = BytesIO()
    Image.blend(picture.filter(ImageFilter.GaussianBlur(1)), grain, 0.12).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()
