from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners and offers")

    def ready(self):
        from core import audit_labels, navigation, own_space, panels
        from core.roles import Permission
        from partners.held import erase_benefits, held_benefits
        from partners.labels_own import OWN
        from partners.merging import follow_merged
        from partners.own_space import own_tasks
        from partners.panels import checked_rights, offers_to_complete, own_benefits, partner_counter
        from registry.signals import held_data_asked, registrant_erased, registrants_merged

        held_data_asked.connect(held_benefits)
        registrant_erased.connect(erase_benefits)
        registrants_merged.connect(follow_merged)
        own_space.register_tasks(own_tasks)
        audit_labels.add_labels(OWN)
        navigation.register(
            navigation.NavigationItem(
                _("My benefits"), "partners:own_benefits", Permission.VIEW_OWN_FILE, "gift", 6
            )
        )
        for item in (
            navigation.NavigationItem(
                _("Card check"), "partners:agent", Permission.CHECK_BENEFITS, "qr-code", 45
            ),
            navigation.NavigationItem(_("Offers"), "partners:catalogue", Permission.VIEW_OFFERS, "gift", 50),
            navigation.NavigationItem(
                _("Partners"),
                "partners:partners",
                Permission.MANAGE_OFFERS,
                "building-storefront",
                55,
                is_daily=False,
            ),
        ):
            navigation.register(item)
        for panel in (
            panels.Panel(
                panels.OWN_SPACE,
                Permission.VIEW_OFFERS,
                "partners/_own_benefits_panel.html",
                own_benefits,
                50,
            ),
            panels.Panel(
                panels.HOME, Permission.CHECK_BENEFITS, "partners/_counter_panel.html", partner_counter, 10
            ),
            panels.Panel(
                panels.CARD_CHECK, Permission.CHECK_BENEFITS, "partners/_check_panel.html", checked_rights
            ),
            panels.Panel(
                panels.HOME,
                Permission.MANAGE_OFFERS,
                "partners/_to_complete_panel.html",
                offers_to_complete,
                50,
            ),
        ):
            panels.register(panel)
        audit_labels.add_labels(
            {
                "partners.offer.changed": _("Offer's terms changed"),
                "partners.offer.confirmed": _("Offer confirmed"),
                "partners.offer.published": _("Offer published"),
                "partners.offer.withdrawn": _("Offer withdrawn"),
                "partners.offer.proposed": _("Offer handed in for checking"),
                "partners.offer.returned": _("Offer returned after its check"),
                "partners.offer.reopened": _("Offer made a draft again"),
                "partners.voucher.issued": _("Voucher issued"),
                "partners.use.recorded": _("Use of an offer recorded"),
                "partners.use.cancelled": _("Use of an offer taken back"),
                "partners.card.checked": _("Card checked by a partner"),
            }
        )
