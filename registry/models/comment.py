"""What colleagues tell each other about an application; the person concerned is not shown it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.application import Application


class ApplicationComment(models.Model):
    """Written once: a trigger in the database refuses to change it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(_("Comment"))

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="comment_has_text")]

    def __str__(self) -> str:
        return self.text[:60]
