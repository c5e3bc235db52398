from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"

    def ready(self):
        from core import checks  # noqa: F401  (registers the system checks)
        from core.sign_in import signals  # noqa: F401  (sign-in writes to the audit trail)
