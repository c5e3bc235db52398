from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CardsConfig(AppConfig):
    name = "cards"
    verbose_name = _("Cards")

    def ready(self):
        from cards import panels
        from cards.held import erase_cards, held_cards
        from cards.merged import stop_card_of_merged
        from core import audit_labels, background, navigation
        from core.panels import HOME, OWN_SPACE, REGISTRANT, Panel, register
        from core.roles import Permission
        from registry.signals import held_data_asked, registrant_erased, registrants_merged

        held_data_asked.connect(held_cards)
        registrant_erased.connect(erase_cards)
        registrants_merged.connect(stop_card_of_merged)

        background.register("cards.tasks.resume_unfinished")
        navigation.register(
            navigation.NavigationItem(_("Cards"), "cards:list", Permission.VIEW_CARDS, "identification", 30)
        )
        register(Panel(HOME, Permission.VIEW_CARDS, "cards/_home_panel.html", panels.work_panel, 20))
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
        audit_labels.add_labels(
            {
                "cards.batch.created": _("Card batch composed"),
                "cards.batch.made": _("Card batch made"),
                "cards.batch.cancelled": _("Card batch cancelled"),
                "cards.batch.retried": _("Card batch taken up again after an error"),
                "cards.batch.downloaded": _("Card batch downloaded"),
                "cards.card.handed_over": _("Card handed over"),
                "cards.card.hand_over_undone": _("Hand-over undone"),
                "cards.card.stopped": _("Card stopped"),
            }
        )
