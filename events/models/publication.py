"""What the public is told of a meeting: press releases and photographs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.bilingual import in_readers_language
from events.enums import PhotographConsent, PressState
from events.models.meeting import Meeting
from events.querysets_after import OfMeetingQuerySet, PhotographQuerySet


class PressRelease(models.Model):
    """In one language. It exists once somebody changed or published what the facts say by themselves."""

    class Language(models.TextChoices):
        ARABIC = "ar", _("Arabic")
        FRENCH = "fr", _("French")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="press_releases")
    language = models.CharField(_("Language"), max_length=2, choices=Language)
    title = models.CharField(_("Title"), max_length=200)
    # Paragraphs, with an empty line between two of them.
    body = models.TextField(_("Text"))
    state = models.CharField(_("State"), max_length=9, choices=PressState, default=PressState.DRAFT)
    published_at = models.DateTimeField(_("Published on"), null=True, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["language"]
        verbose_name = _("press release")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "language"], name="press_release_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="press_release_has_text"),
            models.CheckConstraint(
                condition=Q(state=PressState.PUBLISHED) ^ Q(published_at__isnull=True),
                name="press_release_published_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.body.split("\n\n") if part.strip()]


class MeetingPhotograph(models.Model):
    """A photograph saved anew: pixels alone. Shown to the public only on a ground that allows it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="photographs")
    position = models.PositiveIntegerField(_("Order"))
    file = models.FileField(_("Photograph"), upload_to="meetings/%Y/%m/")
    caption_ar = models.CharField(_("Caption in Arabic"), max_length=200)
    caption_fr = models.CharField(_("Caption in French"), max_length=200, blank=True)
    consent = models.CharField(
        _("Consent"), max_length=6, choices=PhotographConsent, default=PhotographConsent.NONE
    )
    consent_note = models.CharField(_("How it was given"), max_length=200, blank=True)
    is_public = models.BooleanField(_("On the public page"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PhotographQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name = _("photograph")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="photograph_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(consent=PhotographConsent.NONE),
                name="photograph_public_with_consent",
                violation_error_message=_("A photograph is shown to the public only with consent."),
            ),
            models.CheckConstraint(
                condition=~Q(consent=PhotographConsent.GIVEN) | ~Q(consent_note=""),
                name="photograph_consent_says_how",
                violation_error_message=_("Say how the people in it agreed."),
            ),
            models.CheckConstraint(condition=~Q(caption_ar=""), name="photograph_has_caption"),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def caption(self) -> str:
        return in_readers_language(self.caption_ar, self.caption_fr)
