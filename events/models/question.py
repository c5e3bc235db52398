"""Questions from the floor, and what is still to be done after a meeting."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import ServiceDomain
from events.enums import FollowUpKind, QuestionState
from events.models.invitation import Invitation
from events.models.meeting import Meeting
from events.querysets_after import FollowUpQuerySet, QuestionQuerySet


class Question(models.Model):
    """What somebody asked, who answers it, and the answer. Who asked is not kept: only what was asked."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("Question"))
    domain = models.ForeignKey(
        ServiceDomain,
        verbose_name=_("Service domain"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(_("State"), max_length=8, choices=QuestionState, default=QuestionState.OPEN)
    # Somebody invited, else named in words.
    answerer = models.ForeignKey(
        Invitation,
        verbose_name=_("Who answers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answerer_name = models.CharField(_("Who answers, if not on the list"), max_length=160, blank=True)
    answer = models.TextField(pgettext_lazy("to a question", "Answer"), blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("question from the floor")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="question_has_text"),
            models.CheckConstraint(
                condition=Q(state=QuestionState.OPEN) | ~Q(answer=""), name="question_answered_has_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def promised(self) -> "FollowUp | None":
        """By whom and when an answer was promised, if it was."""
        return getattr(self, "follow_up", None)

    @property
    def answerer_words(self) -> str:
        """Who answers, as it is printed."""
        if self.answerer:
            return " — ".join(filter(None, (self.answerer.name, self.answerer.title)))
        return self.answerer_name


class FollowUp(models.Model):
    """A decision of the meeting or an answer that was promised: whose it is, and by when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=8, choices=FollowUpKind, default=FollowUpKind.DECISION)
    question = models.OneToOneField(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_up"
    )
    text = models.TextField(_("What is to be done"))
    owner_name = models.CharField(_("Who sees to it"), max_length=160)
    # Where the owner has an account of the portal: reminders go there.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Account of the portal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    due_on = models.DateField(_("To be done by"))
    done_on = models.DateField(_("Done on"), null=True, blank=True)
    outcome = models.TextField(_("What came of it"), blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("follow-up")
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(owner_name=""), name="follow_up_has_owner"),
            models.CheckConstraint(
                condition=Q(kind=FollowUpKind.QUESTION) ^ Q(question__isnull=True),
                name="follow_up_of_question",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(outcome=""), name="follow_up_done_has_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
