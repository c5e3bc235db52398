from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnersConfig(AppConfig):
    name = "partners"
    verbose_name = _("Partners and offers")

    def ready(self):
        from core import audit_labels, navigation, own_space, panels
        from core.roles import Permission
        from partners.acting import waiting_requests
        from partners.exports import Requests
        from partners.held import erase_benefits, held_benefits
        from partners.labels.own import OWN
        from partners.labels.partnerships import LABELS
        from partners.labels.refusals import REFUSALS
        from partners.labels.space import SPACE
        from partners.merging import follow_merged, undo_follow_merged
        from partners.own_space import own_tasks
        from partners.panels import (
            checked_rights,
            endings,
            offers_to_complete,
            own_benefits,
            partner_counter,
        )
        from partners.panels_refusals import refusals_to_follow_up
        from registry.exports.lists import hand_in
        from registry.signals import (
            held_data_asked,
            registrant_erased,
            registrants_merged,
            registrants_parted,
        )

        hand_in(Requests)
        held_data_asked.connect(held_benefits)
        registrant_erased.connect(erase_benefits)
        registrants_merged.connect(follow_merged)
        registrants_parted.connect(undo_follow_merged)
        own_space.register_tasks(own_tasks)
        audit_labels.add_labels(OWN)
        audit_labels.add_labels(REFUSALS)
        navigation.register(
            navigation.NavigationItem(
                _("My benefits"), "partners:own_benefits", Permission.VIEW_OWN_FILE, "gift", 6
            )
        )
        for item in (
            navigation.NavigationItem(
                _("Card check"), "partners:agent", Permission.CHECK_BENEFITS, "qr-code", 45
            ),
            navigation.NavigationItem(
                _("Requests"),
                "partner_space:requests",
                Permission.ANSWER_REFERRALS,
                "inbox",
                46,
                waiting_requests,
            ),
            navigation.NavigationItem(
                _("Your company"),
                "partner_space:home",
                Permission.MANAGE_PARTNER_SPACE,
                "building-storefront",
                47,
            ),
            navigation.NavigationItem(_("Offers"), "partners:catalogue", Permission.VIEW_OFFERS, "gift", 50),
            navigation.NavigationItem(
                _("Agreements"),
                "partners:agreements",
                Permission.VIEW_PARTNERSHIPS,
                "document-check",
                56,
                is_daily=False,
            ),
            navigation.NavigationItem(
                pgettext_lazy("partner", "Branches"),
                "partners:branches",
                Permission.VIEW_PARTNERSHIPS,
                "map-pin",
                57,
                is_daily=False,
            ),
            navigation.NavigationItem(
                _("Offers to manage"),
                "partners:partners",
                Permission.MANAGE_OFFERS,
                "clipboard-document-check",
                54,
                is_daily=False,
            ),
            navigation.NavigationItem(
                _("Partners"),
                "partners:companies",
                Permission.VIEW_PARTNERSHIPS,
                "building-storefront",
                55,
                is_daily=False,
            ),
            navigation.NavigationItem(
                _("Refusals"),
                "partners:refusals",
                Permission.VIEW_PARTNERSHIPS,
                "hand-raised",
                58,
                is_daily=False,
            ),
            navigation.NavigationItem(
                _("Partners' figures"),
                "partners:figures",
                Permission.VIEW_PARTNERSHIPS,
                "chart-bar",
                59,
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
            panels.Panel(
                panels.HOME,
                Permission.VIEW_PARTNERSHIPS,
                "partners/staff/_endings_panel.html",
                endings,
                55,
            ),
            panels.Panel(
                panels.HOME,
                Permission.FOLLOW_REFUSALS,
                "partners/refusals/_panel.html",
                refusals_to_follow_up,
                54,
            ),
        ):
            panels.register(panel)
        audit_labels.add_labels(LABELS)
        audit_labels.add_labels(SPACE)
