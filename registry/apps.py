from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Register")

    def ready(self):
        from core import audit_labels, navigation, panels
        from core.roles import Permission
        from core.sign_in.identities import register_resolver
        from registry.panels import applications_panel, own_file_panel
        from registry.sign_in import artisan_account

        navigation.register(
            navigation.NavigationItem(_("Register"), "registry:list", Permission.VIEW_REGISTER, "users", 10)
        )
        navigation.register(
            navigation.NavigationItem(
                _("Applications"), "registry:queue", Permission.VIEW_REGISTER, "inbox-stack", 20
            )
        )
        panels.register(
            panels.Panel(
                panels.HOME, Permission.VIEW_REGISTER, "registry/_home_panel.html", applications_panel, 10
            )
        )
        panels.register(
            panels.Panel(
                panels.OWN_SPACE,
                Permission.VIEW_OWN_FILE,
                "registry/_own_file_panel.html",
                own_file_panel,
                90,
            )
        )
        register_resolver(artisan_account)
        audit_labels.add_labels(
            {
                "registry.application.opened": _("Application entered"),
                "registry.application.changed": _("Application changed"),
                "registry.application.submitted": _("Application submitted"),
                "registry.application.returned": _("Application sent back"),
                "registry.application.approved": _("Application approved"),
                "registry.application.rejected": _("Application rejected"),
                "registry.consent.recorded": _("Consent recorded"),
                "registry.registrant.registered": _("Entered on the register"),
                "registry.registrant.read": _("File read"),
                "registry.demo.added": _("Demo people added"),
            }
        )
