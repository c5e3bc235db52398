"""All that is held of one person, gathered for them: the same sections as a PDF and as JSON."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core import audit_labels
from core.dates import date_in_words, moment_in_words
from core.models import AuditEvent
from core.roles import Role
from core.templatetags.portal import spoken_phone
from registry.actions import PERSONAL_FIELDS
from registry.held_values import field_label, ordered_changes, value_in_words
from registry.models import ContactPreference, Registrant
from registry.signals import held_data_asked

READINGS = frozenset(
    {"registry.registrant.read", "registry.document.read", "registry.letter.read", "registry.data.given"}
)


@dataclass(frozen=True)
class Section:
    """One part of the answer: entries of (label, value) pairs, in the reader's language."""

    code: str
    title: str
    entries: list[list[tuple[str, str]]]


def held_about(registrant: Registrant) -> list[Section]:
    """Everything the portal holds of the person, from this app and from the others."""
    own = [
        Section("file", _("File"), [_file(registrant)]),
        Section("crafts", _("Crafts"), [[(_("Craft"), str(link.craft))] for link in _crafts(registrant)]),
        Section("qualifications", _("Proof of qualification"), _qualifications(registrant)),
        Section("members", _("Members of the cooperative"), _members(registrant)),
        Section("documents", _("Documents"), _documents(registrant)),
        Section("applications", _("Applications"), _applications(registrant)),
        Section("changes", _("Requests about entries"), _changes(registrant)),
        Section("consents", _("Consents"), _consents(registrant)),
        Section("requests", _("Requests about my data"), _requests(registrant)),
        Section("messages", _("My messages"), _messages(registrant)),
    ]
    others = [
        Section(**answer)
        for _receiver, answer in held_data_asked.send(sender=Registrant, registrant=registrant)
        if answer
    ]
    history = [
        Section("history", _("History"), _history(registrant)),
        Section("readings", _("Who has read the file"), _readings(registrant)),
    ]
    return [section for section in [*own, *others, *history] if section.entries]


def as_json(sections: list[Section]) -> dict[str, Any]:
    """The sections for machines: titles and labels stay, so that a person can read them too."""
    return {
        section.code: {
            "title": section.title,
            "entries": [dict(entry) for entry in section.entries],
        }
        for section in sections
    }


def readings_of(registrant: Registrant):
    """The rows that say who opened the file or one of its documents, newest first."""
    return AuditEvent.objects.about(registrant).filter(action__in=READINGS)


def roles_in_words(event: AuditEvent) -> str:
    """What the reader was, not who: the artisan learns the office, the auditor the name."""
    known = dict(Role.choices)
    return _("، ").join(str(known.get(role, role)) for role in event.actor_roles.split(",") if role)


def _file(registrant: Registrant) -> list[tuple[str, str]]:
    names = ("nia", "state", *PERSONAL_FIELDS, "registered_on", "valid_until")
    rows = []
    for name in names:
        field = registrant._meta.get_field(name)
        value = getattr(registrant, name)
        if value in {None, ""}:
            continue
        shown = dict(field.flatchoices).get(value, value) if field.choices else value
        if hasattr(shown, "year"):
            shown = date_in_words(shown)
        elif name == "phone":
            shown = spoken_phone(value)
        rows.append((str(field.verbose_name), str(shown)))
    rows.append((_("Photograph"), _("Yes") if registrant.photograph else _("No")))
    return rows


def _crafts(registrant: Registrant):
    return registrant.craft_links.select_related("craft")


def _qualifications(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [
        [
            (_("Kind"), str(row.get_kind_display())),
            (_("Diploma, or who attests"), row.title),
            (_("Years of actual exercise"), str(row.years_of_exercise or "")),
        ]
        for row in registrant.qualifications.all()
    ]


def _members(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [
        [
            (_("Name in Arabic"), row.name_ar),
            (_("Name in Latin letters"), row.name_latin),
            (_("National identity number"), row.national_id),
            (_("Role"), str(row.get_role_display())),
        ]
        for row in registrant.members.all()
    ]


def _documents(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [
        [(str(row.get_kind_display()), moment_in_words(row.uploaded_at))]
        for row in registrant.documents.all()
    ]


def _applications(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [
        [
            (_("Tracking number"), row.tracking_number),
            (_("State"), str(row.get_state_display())),
            (_("Submitted"), moment_in_words(row.submitted_at) if row.submitted_at else ""),
            (_("Consent recorded"), moment_in_words(row.consent_at) if row.consent_at else ""),
            (_("Reason"), row.decision_reason),
        ]
        for row in registrant.applications.all()
    ]


def _changes(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [
        [
            (_("Reference"), row.number),
            (_("Request"), str(row.get_kind_display())),
            (_("State"), str(row.get_state_display())),
            (_("Explanation"), row.explanation),
            *(
                (
                    field_label(name),
                    _("From “%(old)s” to “%(new)s”")
                    % {
                        "old": value_in_words(name, values["old"]),
                        "new": value_in_words(name, values["new"]),
                    },
                )
                for name, values in ordered_changes(row)
                if name != "photograph"
            ),
            (_("Reason"), row.decision_reason),
        ]
        for row in registrant.change_requests.all()
    ]


def _consents(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [
        [
            (_("Consent"), str(row.get_purpose_display())),
            (_("Given"), moment_in_words(row.given_at)),
            (_("Withdrawn"), moment_in_words(row.withdrawn_at) if row.withdrawn_at else ""),
        ]
        for row in registrant.consents.all()
    ]


def _requests(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [
        [
            (_("Request"), str(row.get_kind_display())),
            (_("Asked"), moment_in_words(row.asked_at)),
            (_("State"), str(row.get_state_display())),
            (_("In the person's words"), row.words),
            (_("Reply"), row.answer),
        ]
        for row in registrant.data_requests.all()
    ]


def _messages(registrant: Registrant) -> list[list[tuple[str, str]]]:
    """What was told, and how the person wishes to be told."""
    told = [
        [
            (_("Sent"), moment_in_words(row.created_at)),
            (_("Message"), row.text),
            (_("State"), str(row.get_state_display())),
        ]
        for row in registrant.notifications.all()
    ]
    chosen = ContactPreference.objects.filter(registrant=registrant).first()
    return [*told, [(_("How to tell me"), str(chosen.get_channel_display()))]] if chosen else told


def _history(registrant: Registrant) -> list[list[tuple[str, str]]]:
    events = AuditEvent.objects.about(registrant).exclude(action__in=READINGS)
    return [_event(event) for event in events]


def _readings(registrant: Registrant) -> list[list[tuple[str, str]]]:
    return [_event(event) for event in readings_of(registrant)]


def _event(event: AuditEvent) -> list[tuple[str, str]]:
    return [
        (_("When"), moment_in_words(event.happened_at)),
        (_("Action"), str(audit_labels.label_of(event.action))),
        (_("By"), roles_in_words(event)),
    ]
