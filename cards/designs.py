"""What a version of a design makes of a card: its own settings, else the chamber's, else the standard."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from cards.card_design.face import Bilingual, CardDesign
from cards.card_design.wording import ACCENT, BANDS, KINGDOM, PAPER, found_lines, kind_label
from cards.models import DesignVersion, KindDesign
from core.models import Chamber
from registry.enums import Kind

# Words that a kind may set for itself and otherwise takes from the chamber's settings.
INHERITED = ("authority", "chamber", "signatory_title", "signatory_name")


@dataclass(frozen=True)
class Look:
    """One kind's design with what it takes from its chamber; file names are those of the storage."""

    design: KindDesign
    chamber: Mapping[str, Any]

    @property
    def logo_file(self) -> str:
        return self.design.logo.name or self.chamber["logo"]

    @property
    def signature_file(self) -> str:
        return self.design.signature.name or self.chamber["signature"]

    @property
    def validity_months(self) -> int:
        return self.design.validity_months or self.chamber["validity_months"]

    def card_design(self, *, gender: str = "", demo: bool = False) -> CardDesign:
        """The design as it is drawn, without its pictures."""
        authority, chamber, title, name = (self.words(part) for part in INHERITED)
        standard = found_lines(chamber)
        return CardDesign(
            kind=self.design.kind,
            kind_label=kind_label(Kind(self.design.kind), gender),
            ministry=(KINGDOM, authority) if any(authority) else (KINGDOM,),
            chamber=chamber,
            signatory_title=title,
            signatory_name=name,
            check_address=check_address().rstrip("/"),
            found=Bilingual(self.design.found_ar or standard.ar, self.design.found_fr or standard.fr),
            band=self.design.band,
            accent=self.design.accent,
            paper=self.design.paper,
            demo=demo,
        )

    def words(self, part: str) -> Bilingual:
        """The kind's own words for one of INHERITED, else the chamber's, language by language."""
        return Bilingual(
            *(
                getattr(self.design, f"{part}_{language}") or self.chamber[f"{part}_{language}"]
                for language in ("ar", "fr")
            )
        )


def looks(version: DesignVersion) -> dict[str, Look]:
    """Return the look of every kind, read anew from the database."""
    return {design.kind: Look(design, version.chamber) for design in version.kinds.all()}


def chamber_values(chamber: Chamber) -> dict[str, Any]:
    """Return what a design takes from its chamber's settings, as a version keeps it."""
    return {
        "authority_ar": settings.PAPER_AUTHORITY["ar"],
        "authority_fr": settings.PAPER_AUTHORITY["fr"],
        "chamber_ar": chamber.name_ar,
        "chamber_fr": chamber.name_fr,
        "signatory_title_ar": chamber.signatory_title_ar,
        "signatory_title_fr": chamber.signatory_title_fr,
        "signatory_name_ar": chamber.signatory_name_ar,
        "signatory_name_fr": chamber.signatory_name_fr,
        "logo": chamber.logo.name or "",
        "signature": chamber.signature.name or "",
        "validity_months": chamber.card_validity_months,
    }


def standard_kinds(version: DesignVersion) -> list[KindDesign]:
    """Return the design of every kind as it is before anybody set anything; not saved."""
    return [
        KindDesign(version=version, kind=kind, band=BANDS[kind], accent=ACCENT, paper=PAPER) for kind in Kind
    ]


def current_looks(chamber: Chamber) -> dict[str, Look]:
    """Return the looks that the next batch would have, whether they are settled or not; saves nothing."""
    version = DesignVersion.objects.current(chamber.region_id)
    kinds = version.kinds.all() if version else standard_kinds(DesignVersion(region_id=chamber.region_id))
    values = chamber_values(chamber)
    return {design.kind: Look(design, values) for design in kinds}


def check_address() -> str:
    """Where a person types a serial number, as it is read aloud: `portal.example/check/`."""
    return urlsplit(settings.CARD_VERIFY_BASE_URL.lower()).netloc + reverse("verification:form")
