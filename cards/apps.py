from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CardsConfig(AppConfig):
    name = "cards"
    verbose_name = _("Cards")

    def ready(self):
        from cards import panels
        from cards.held import erase_cards, held_cards
        from cards.off_register import leave_out_struck_off, stop_card_of_merged
        from cards.own_space import own_messages, own_tasks
        from core import audit_labels, background, navigation, own_space
        from core.panels import CARD_CHECK, HOME, OWN_SPACE, REGISTRANT, Panel, register
        from core.roles import Permission
        from registry.signals import (
            held_data_asked,
            registrant_erased,
            registrant_state_changed,
            registrants_merged,
        )

        own_space.register_tasks(own_tasks)
        own_space.register_messages(own_messages)
        held_data_asked.connect(held_cards)
        registrant_erased.connect(erase_cards)
        registrants_merged.connect(stop_card_of_merged)
        registrant_state_changed.connect(leave_out_struck_off)

        background.register("cards.tasks.resume_unfinished")
        navigation.register(
            navigation.NavigationItem(_("Cards"), "cards:list", Permission.VIEW_CARDS, "identification", 30)
        )
        register(Panel(HOME, Permission.VIEW_CARDS, "cards/_home_panel.html", panels.work_panel, 20))
        register(
            Panel(HOME, Permission.HAND_OVER_CARD, "cards/_counter_panel.html", panels.counter_panel, 21)
        )
        register(
            Panel(REGISTRANT, Permission.VIEW_CARDS, "cards/_holder_panel.html", panels.holder_panel, 20)
        )
        register(
            Panel(
                OWN_SPACE,
                Permission.VIEW_OWN_FILE,
                "cards/_own_card_panel.html",
                panels.own_card_panel,
                10,
            )
        )
        register(
            Panel(CARD_CHECK, Permission.VIEW_CARDS, "cards/verify/_officer_panel.html", panels.officer_panel)
        )
        audit_labels.add_labels(
            {
                "cards.batch.created": _("Card batch composed"),
                "cards.batch.made": _("Card batch made"),
                "cards.batch.cancelled": _("Card batch cancelled"),
                "cards.batch.retried": _("Card batch taken up again after an error"),
                "cards.batch.downloaded": _("Card batch downloaded"),
                "cards.batch.released": _("Held card batch let go"),
                "cards.batch.blanks_counted": _("Blanks counted in"),
                "cards.batch.closed": _("Card batch closed"),
                "cards.card.spoiled": _("Blank spoiled"),
                "cards.card.refreshed": _("Card's words taken from the register again"),
                "cards.file.asked": _("File of a card batch asked for"),
                "cards.file.given_up": _("File of a card batch removed"),
                "cards.file.retried": _("File of a card batch taken up again"),
                "cards.receipt.entered": _("Printer's receipt entered"),
                "cards.printer.entered": _("Card printer entered"),
                "cards.printer.changed": _("Card printer's passport changed"),
                "cards.card.verified": _("Card checked by staff"),
                "cards.unusual.dismissed": _("Unusual check dismissed"),
                "cards.design.changed": _("Design of cards changed"),
                "cards.card.handed_over": _("Card handed over"),
                "cards.card.taken_back": _("Hand-over undone"),
                # The name of the same move in earlier rows.
                "cards.card.hand_over_undone": _("Hand-over undone"),
                "cards.card.printed": _("Card printed"),
                "cards.card.print_failed": _("Card to be printed again"),
                "cards.card.checked": _("Printed card checked"),
                "cards.card.boxed": _("Card put in its box"),
                "cards.card.renewed": _("Card ended by its renewal"),
                "cards.card.renewal_undone": _("Card in force again"),
                "cards.card.left_out": _("Card left out of its batch"),
                "cards.card.refused": _("Card refused at the counter"),
                "cards.power.read": _("Paper of a proxy looked at"),
                "cards.reminders.started": _("Reminders to holders started"),
                "cards.reminders.cancelled": _("Reminders to holders stopped"),
                "cards.reminders.sent": _("Reminders to holders sent"),
                "cards.reminders.freed": _("Reminders counted as not sent"),
                "cards.rules.changed": _("Rules of the cards changed"),
                "cards.request.made": _("Card asked for"),
                "cards.request.approved": _("Card approved"),
                "cards.request.refused": _("Request for a card refused"),
                "cards.request.withdrawn": _("Request for a card withdrawn"),
                "cards.card.stopped": _("Card stopped"),
            }
        )
