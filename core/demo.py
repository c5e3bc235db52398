"""The demo's accounts, one a role. All of them are invented; none exists outside the demo."""

from dataclasses import dataclass

from core.roles import Role

# Known to everyone: `load_demo` refuses to run where the settings do not say that this is a demo.
DEMO_PASSWORD = "caravane-demo-2026"  # noqa: S105
DEMO_REGION = "11"
# Signs in with this number and the code that the server prints in place of a text message.
DEMO_ARTISAN_NIA = "11-000001-5"
# The same with a card in hand, an offer used and a request under way; the first one's lies in its box.
DEMO_HOLDER_NIA = "11-000002-3"


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo; those of a partner act for the invented one."""

    username: str
    role: Role
    name_ar: str
    name_latin: str
    region: str | None = None
    password: str = DEMO_PASSWORD


DEMO_ACCOUNTS = (
    DemoAccount("admin", Role.NATIONAL_ADMIN, "مدير تجريبي", "Démo Administration"),
    DemoAccount("registrar", Role.REGISTRAR, "مسجل تجريبي", "Démo Enregistrement", DEMO_REGION),
    DemoAccount("registrar2", Role.REGISTRAR, "مسجل تجريبي ثان", "Démo Enregistrement 2", DEMO_REGION),
    DemoAccount("cards", Role.CARD_OFFICER, "مسؤول بطائق تجريبي", "Démo Cartes", DEMO_REGION),
    DemoAccount("director", Role.REGIONAL_DIRECTOR, "مدير جهوي تجريبي", "Démo Direction", DEMO_REGION),
    DemoAccount("desk", Role.DESK_AGENT, "عون استقبال تجريبي", "Démo Accueil", DEMO_REGION),
    DemoAccount("partnerships", Role.PARTNERSHIP_OFFICER, "مسؤول شراكات تجريبي", "Démo Partenariats"),
    DemoAccount("partneradmin", Role.PARTNER_ADMIN, "مدير شريك تجريبي", "Démo Partenaire Admin"),
    DemoAccount("partner", Role.PARTNER_AGENT, "ممثل شريك تجريبي", "Démo Partenaire"),
    DemoAccount("auditor", Role.AUDITOR, "مدقق تجريبي", "Démo Audit"),
)
