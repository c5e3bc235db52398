"""How cards look: settings by kind, seen before they are saved, kept in versions that batches hold on to."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from cards.actions.designs import change_design
from cards.card_design.boxes import FIXED_WORDS
from cards.card_design.colours import contrast, pale_pairs, tint
from cards.card_design.fitting import lines_needed
from cards.card_design.wording import ACCENT, BANDS, PAPER
from cards.designs import current_looks, looks
from cards.models import Card, DesignVersion, KindDesign
from cards.settling import version_for_batch
from core.exceptions import ActionRefused
from core.models import AuditEvent, Chamber
from core.roles import Role
from registry.enums import Gender, Kind
from tests.factories.cards import new_batch
from tests.factories.core import UserFactory
from tests.undefined import strict_templates

pytestmark = pytest.mark.django_db


@pytest.fixture
def chamber():
    return Chamber.objects.get(region_id="11")


@pytest.fixture
def director(sign_in, settings):
    settings.TEMPLATES = strict_templates()
    client = sign_in(Role.REGIONAL_DIRECTOR)
    client.cookies["django_language"] = "en"
    return client


def shown(chamber, kind=Kind.ARTISAN) -> str:
    """The edition that a page opened now would hold."""
    return current_looks(chamber)[kind].design.edition


def change(chamber, changes, *, kind=Kind.ARTISAN, edition=None):
    return change_design(
        chamber=chamber,
        kind=kind,
        changes=changes,
        edition=edition or shown(chamber, kind),
        by=UserFactory(roles=(Role.REGIONAL_DIRECTOR,)),
    )


def png(colour=(200, 0, 0)) -> bytes:
    out = BytesIO()
    Image.new("RGB", (80, 80), colour).save(out, "PNG")
    return out.getvalue()


class TestVersions:
    def test_a_batch_keeps_the_version_it_was_made_with(self, chamber):
        first = new_batch(1)
        changed = change(chamber, {"band": "#123456"})
        second = new_batch(1)
        assert (first.design.number, changed.number, second.design) == (1, 2, changed)
        bands = [Card.objects.get(batch=batch).face["design"]["band"] for batch in (first, second)]
        assert bands == [BANDS[Kind.ARTISAN], "#123456"]
        assert looks(first.design)[Kind.ARTISAN].design.band == BANDS[Kind.ARTISAN]

    def test_until_a_batch_is_made_a_version_only_changes(self, chamber):
        change(chamber, {"band": "#123456"})
        settled = change(chamber, {"band": "#654321"})
        assert settled.number == 1
        assert DesignVersion.objects.count() == 1
        assert current_looks(chamber)[Kind.ARTISAN].design.band == "#654321"
        assert current_looks(chamber)[Kind.COOPERATIVE].design.band == BANDS[Kind.COOPERATIVE]

    def test_the_next_version_takes_the_other_kinds_along(self, chamber):
        change(chamber, {"band": "#123456"}, kind=Kind.COOPERATIVE)
        new_batch(1)
        settled = change(chamber, {"band": "#654321"})
        assert {look.design.kind: look.design.band for look in looks(settled).values()} == BANDS | {
            Kind.ARTISAN: "#654321",
            Kind.COOPERATIVE: "#123456",
        }

    def test_a_change_of_the_chamber_reaches_the_next_batch_and_no_earlier_one(self, chamber):
        before = new_batch(1)
        Chamber.objects.filter(pk=chamber.pk).update(signatory_name_fr="Nouveau président")
        after = new_batch(1)
        names = [looks(batch.design)[Kind.ARTISAN].words("signatory_name").fr for batch in (before, after)]
        assert names == [chamber.signatory_name_fr, "Nouveau président"]
        assert (before.design.number, after.design.number) == (1, 2)
        assert new_batch(1).design == after.design

    @pytest.mark.parametrize("used", [True, False])
    def test_who_worked_on_what_somebody_else_changed_since_is_told(self, chamber, used, in_english):
        if used:
            new_batch(1)
        opened = shown(chamber)
        change(chamber, {"signatory_name_fr": "Signature nouvelle"})
        with pytest.raises(ActionRefused, match="Somebody else"):
            change(chamber, {"band": "#333333"}, edition=opened)
        design = current_looks(chamber)[Kind.ARTISAN].design
        assert (design.signatory_name_fr, design.band) == ("Signature nouvelle", BANDS[Kind.ARTISAN])

    def test_another_kind_and_a_batch_made_meanwhile_are_in_nobodys_way(self, chamber):
        opened = shown(chamber)
        change(chamber, {"band": "#123456"}, kind=Kind.COOPERATIVE)
        new_batch(1)
        change(chamber, {"band": "#333333"}, edition=opened)
        assert current_looks(chamber)[Kind.ARTISAN].design.band == "#333333"
        assert current_looks(chamber)[Kind.COOPERATIVE].design.band == "#123456"

    @pytest.mark.parametrize("made", [KindDesign, DesignVersion])
    def test_the_database_keeps_what_a_batch_was_made_with(self, made):
        version = new_batch(1).design
        rows = KindDesign.objects.filter(version=version) if made is KindDesign else version.__class__.objects
        field = {"band": "#000000"} if made is KindDesign else {"number": 7}
        for write in (lambda: rows.update(**field), lambda: rows.all()._raw_delete("default")):
            with pytest.raises(IntegrityError, match="composed with this design"), transaction.atomic():
                write()

    def test_constraints(self, chamber):
        version = version_for_batch(chamber)
        wrong = {
            "kind_design_once": lambda: KindDesign.objects.create(
                version=version, kind=Kind.ARTISAN, band="#000000", accent=ACCENT, paper=PAPER
            ),
            "kind_design_colours": lambda: version.kinds.update(band="red"),
            "kind_design_validity_sane": lambda: version.kinds.update(validity_months=0),
            "design_version_once": lambda: DesignVersion.objects.create(region_id="11", number=1),
        }
        for name, write in wrong.items():
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                write()

    def test_each_change_is_in_the_audit_trail(self, chamber):
        change(chamber, {"band": "#123456"})
        event = AuditEvent.objects.get(action="cards.design.changed")
        assert (event.before["band"], event.after["band"]) == (BANDS[Kind.ARTISAN], "#123456")
        change(chamber, {"band": "#123456"})
        assert AuditEvent.objects.filter(action="cards.design.changed").count() == 1

    def test_validity_by_kind(self, chamber):
        change(chamber, {"validity_months": 12})
        card = Card.objects.get(batch=new_batch(1))
        assert (card.valid_until - card.issued_on).days in {365, 366}

    def test_composing_reads_a_settled_version_in_one_query(self, chamber, django_assert_num_queries):
        settled = version_for_batch(chamber)
        with django_assert_num_queries(1):
            assert version_for_batch(chamber) == settled


class TestWords:
    def test_standard_words_of_every_chamber_fit_their_places(self):
        long = []
        for chamber in Chamber.objects.all():
            for look in current_looks(chamber).values():
                design = look.card_design(gender=Gender.FEMALE)
                said = {
                    "authority": design.ministry[-1],
                    "chamber": design.chamber,
                    "found": design.found,
                    "signatory_title": design.signatory_title,
                }
                for part, words in said.items():
                    for language in ("ar", "fr"):
                        box, most = FIXED_WORDS[f"{part}_{language}"]
                        text = getattr(words, language)
                        if lines_needed(text, box) > most:
                            long.append(text)
        assert long == []

    def test_a_word_that_is_wider_than_its_place_needs_more_lines(self):
        box, _most = FIXED_WORDS["chamber_fr"]
        texts = ("Chambre", "M" * 60, "Chambre d'artisanat de la région " * 2)
        assert [lines_needed(text, box) for text in texts] == [1, 2, 2]

    def test_standard_colours_can_be_read(self):
        for band in BANDS.values():
            assert pale_pairs(band=band, accent=ACCENT, paper=PAPER) == []

    def test_contrast_as_wcag_defines_it(self):
        assert contrast("#000000", "#ffffff") == pytest.approx(21)
        assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
        assert tint("#000000") == "#808080"


class TestPages:
    def url(self, name="design", region="11", kind="artisan"):
        return reverse(f"cards:{name}", args=[region, kind])

    def sent(self, **changes):
        edition = shown(Chamber.objects.get(region_id="11"))
        return {"edition": edition, "band": "#0b5d4a", "accent": ACCENT, "paper": PAPER} | changes

    def test_a_change_is_saved_and_shown(self, director):
        response = director.post(self.url(), self.sent(chamber_fr="Notre chambre"), follow=True)
        page = response.content.decode()
        assert "saved as version 1" in page
        assert 'value="Notre chambre"' in page
        assert page.count("data:image/webp;base64,") == 2

    def test_what_cannot_be_read_or_does_not_fit_is_said_beside_the_field_and_kept(self, director):
        sent = self.sent(band="#ffee88", chamber_fr="Chambre " * 14, validity_months="900")
        response = director.post(self.url(), sent)
        page = response.content.decode()
        assert response.status_code == 422
        assert "White words on the band need a darker colour: the contrast is 1." in page
        assert "This is too long for its place" in page
        assert 'value="#ffee88"' in page and 'value="900"' in page
        assert not DesignVersion.objects.exists()

    def test_the_preview_draws_what_was_typed_and_saves_nothing(self, director):
        plain, red = (
            director.post(self.url("design_preview"), self.sent(band=band)).content.decode()
            for band in ("#0b5d4a", "#8f0000")
        )
        assert plain.count("data:image/webp") == red.count("data:image/webp") == 2
        assert plain != red
        assert not DesignVersion.objects.exists()

    def test_the_preview_says_what_is_wrong_and_still_draws(self, director):
        page = director.post(self.url("design_preview"), self.sent(paper="#222222")).content.decode()
        assert "Names need a lighter ground" in page
        assert page.count("data:image/webp") == 2

    def test_a_logo_is_made_anew_shown_before_it_is_saved_and_taken_away_again(self, director):
        def logo():
            return SimpleUploadedFile("x.php", png(), content_type="text/html")

        before = director.post(self.url("design_preview"), self.sent()).content
        assert director.post(self.url("design_preview"), self.sent(logo=logo())).content != before
        director.post(self.url(), self.sent(logo=logo()))
        design = KindDesign.objects.get(kind=Kind.ARTISAN)
        assert design.logo.name.endswith(".png")
        director.post(self.url(), self.sent(no_logo="on"))
        design.refresh_from_db()
        assert design.logo.name == ""

    def test_what_is_no_picture_is_refused(self, director):
        bad = SimpleUploadedFile("logo.png", b"<svg onload=x>", content_type="image/png")
        response = director.post(self.url(), self.sent(logo=bad))
        assert (response.status_code, DesignVersion.objects.exists()) == (422, False)

    @pytest.mark.parametrize("kind", ["artisan", "nobody"])
    def test_another_region_and_an_unknown_kind_are_not_there(self, director, kind):
        region = "12" if kind == "artisan" else "11"
        assert director.get(self.url(region=region, kind=kind)).status_code == 404

    def test_a_version_is_shown_as_its_batches_were_made(self, director):
        batch = new_batch(1)
        page = director.get(reverse("cards:design_version", args=[batch.design.pk])).content.decode()
        assert page.count("data:image/webp") == 8
        assert batch.name in page
        assert "it no longer changes" in page

    def test_the_list_costs_the_same_for_one_version_and_for_three(self, director, chamber):
        counts = []
        for number in range(3):
            Chamber.objects.filter(pk=chamber.pk).update(signatory_name_fr=f"Nom {number}")
            new_batch(1)
            with CaptureQueriesContext(connection) as queries:
                assert director.get(reverse("cards:designs")).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[2]
