from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Register")

    def ready(self):
        from core import audit_labels, background, navigation, panels
        from core.roles import Permission
        from core.sign_in.identities import register_resolver
        from registry.duplicate_panels import duplicates_panel, merged_panel
        from registry.panels import (
            applications_panel,
            data_requests_panel,
            people_data_panel,
            tools_panel,
            work_panel,
        )
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
        for place, permission, template, context, order in (
            (panels.REGISTRANT, Permission.VIEW_REGISTER, "_people_data_panel", people_data_panel, 90),
            (panels.HOME, Permission.ANSWER_DATA_REQUESTS, "_data_requests_panel", data_requests_panel, 80),
            (panels.HOME, Permission.VIEW_REGISTER, "_tools_panel", tools_panel, 90),
        ):
            panels.register(panels.Panel(place, permission, f"registry/{template}.html", context, order))
        for place, permission, template, context, order in (
            (panels.HOME, Permission.REVIEW_DUPLICATES, "_home_panel", duplicates_panel, 70),
            (panels.REGISTRANT, Permission.VIEW_REGISTER, "_file_panel", merged_panel, 60),
        ):
            template = f"registry/duplicates/{template}.html"
            panels.register(panels.Panel(place, permission, template, context, order))
        background.register("registry.tasks.resume_sweeps")
        panels.register(
            panels.Panel(
                panels.REGISTRANT, Permission.VIEW_REGISTER, "registry/_work_panel.html", work_panel, 20
            )
        )
        background.register("registry.tasks.resume_retention")
        register_resolver(artisan_account)
        self._own_space()
        self._crafts_and_bodies()
        self._changes()
        self._figures()
        self._standing()
        self._bulk()
        audit_labels.add_labels(
            {
                "registry.application.opened": _("Application entered"),
                "registry.application.changed": _("Application changed"),
                "registry.application.submitted": _("Application submitted"),
                "registry.application.returned": _("Application sent back"),
                "registry.application.approved": _("Application approved"),
                "registry.application.rejected": _("Application rejected"),
                "registry.application.assigned": _("Application assigned"),
                "registry.application.commented": _("Comment between colleagues"),
                "registry.draft.opened": _("Draft begun"),
                "registry.draft.discarded": _("Draft discarded"),
                "registry.draft.erased": _("Draft erased at the end of its retention"),
                "registry.document.added": _("Document added"),
                "registry.document.removed": _("Document removed"),
                "registry.photograph.accepted_by_eye": _("Photograph accepted by eye"),
                "registry.consent.recorded": _("Consent recorded"),
                "registry.registrant.registered": _("Entered on the register"),
                "registry.registrant.read": _("File read"),
                "registry.document.read": _("Document opened"),
                "registry.data.given": _("All data taken away"),
                "registry.consent.given": _("Consent given"),
                "registry.consent.withdrawn": _("Consent withdrawn"),
                "registry.data_request.asked": _("Request about personal data"),
                "registry.data_request.answered": _("Request about personal data answered"),
                "registry.data_request.refused": _("Request about personal data refused"),
                "registry.retention.prepared": _("Retention report prepared"),
                "registry.retention.approved": _("Retention report approved"),
                "registry.retention.cancelled": _("Retention report cancelled"),
                "registry.retention.done": _("Retention report carried out"),
                "registry.registrant.erased": _("Data erased at the end of retention"),
                "registry.registrant.merged": _("Another entry merged into this one"),
                "registry.registrant.merged_away": _("Merged into another entry"),
                "registry.registrant.unmerged": _("Merge undone"),
                "registry.duplicate.not_same": _("Declared not the same as another entry"),
                "registry.duplicate.reopened": _("To be compared with another entry again"),
                "registry.duplicate.sweep_started": _("Search for duplicates started"),
                "registry.duplicate.sweep_cancelled": _("Search for duplicates cancelled"),
                "registry.demo.added": _("Demo people added"),
            }
        )

    def _standing(self):
        from core import audit_labels, panels
        from core.roles import Permission
        from registry import standing_data
        from registry.signals import held_data_asked, registrant_erased
        from registry.standing_panels import own_standing_panel, proceedings_panel, standing_panel

        held_data_asked.connect(standing_data.proceedings_held, dispatch_uid="proceedings")
        held_data_asked.connect(standing_data.letters_held, dispatch_uid="letters")
        registrant_erased.connect(standing_data.erase, dispatch_uid="standing")

        for place, permission, template, context, order in (
            (panels.REGISTRANT, Permission.VIEW_REGISTER, "_standing_panel", standing_panel, 10),
            (panels.HOME, Permission.DECIDE_STANDING, "_proceedings_panel", proceedings_panel, 15),
            (panels.OWN_FILE, Permission.VIEW_OWN_FILE, "_own_standing_panel", own_standing_panel, 5),
        ):
            panels.register(panels.Panel(place, permission, f"registry/{template}.html", context, order))
        audit_labels.add_labels(
            {
                "registry.registrant.suspended": _("Registration suspended"),
                "registry.registrant.struck_off": _("Struck off the register"),
                "registry.registrant.reinstated": _("Reinstated on the register"),
                "registry.proceeding.notified": _("Notice given"),
                "registry.proceeding.replied": _("Reply to the notice recorded"),
                "registry.proceeding.decided": _("Decided on the proceeding"),
                "registry.proceeding.dropped": _("Proceeding closed without a decision against"),
                "registry.proceeding.appealed": _("Appeal recorded"),
                "registry.proceeding.confirmed": _("Appeal rejected"),
                "registry.proceeding.overturned": _("Appeal upheld"),
                "registry.letter.read": _("Letter opened"),
                "registry.rules.changed": _("Rules of the register changed"),
                "registry.ground.added": _("Ground added to the list"),
                "registry.ground.used": _("Ground offered again"),
                "registry.ground.retired": _("Ground no longer offered"),
            }
        )

    def _changes(self):
        from core import audit_labels, navigation, panels
        from core.roles import Permission
        from registry.actions.changes.trail import change_labels
        from registry.change_panels import changes_panel, home_changes_panel, own_changes_panel

        navigation.register(
            navigation.NavigationItem(
                _("Changes"), "registry:changes", Permission.VIEW_REGISTER, "arrows-right-left", 25
            )
        )
        for place, permission, name, context, order in (
            (panels.HOME, Permission.VIEW_REGISTER, "_home_panel", home_changes_panel, 20),
            (panels.REGISTRANT, Permission.VIEW_REGISTER, "_panel", changes_panel, 20),
            (panels.OWN_FILE, Permission.VIEW_OWN_FILE, "_own_panel", own_changes_panel, 30),
        ):
            panels.register(panels.Panel(place, permission, f"registry/changes/{name}.html", context, order))
        audit_labels.add_labels(change_labels())

    def _crafts_and_bodies(self):
        from core import audit_labels, background, navigation
        from core.roles import Permission

        navigation.register(
            navigation.NavigationItem(
                _("Craft bodies"),
                "registry:bodies",
                Permission.VIEW_REGISTER,
                "user-group",
                50,
                is_daily=False,
            )
        )
        background.register("registry.craft_moving.resume")
        audit_labels.add_labels(
            {
                "registry.craft_list.added": _("List of crafts entered as a draft"),
                "registry.craft_list.discarded": _("Draft of a list of crafts discarded"),
                "registry.craft_list.started": _("Change of the list of crafts started"),
                "registry.craft_list.undone": _("Change of the list of crafts undone"),
                "registry.craft_list.in_use": _("List of crafts put in use"),
                "registry.craft_mapping.opened": _("Mapping of crafts opened"),
                "registry.craft_mapping.decided": _("Decided what an old craft becomes"),
                "registry.craft_mapping.confirmed": _("Proposed mappings confirmed"),
                "registry.body.planned": _("Craft body planned"),
                "registry.body.removed": _("Craft body taken out of the plan"),
                "registry.body.convoked": _("Founding assembly convoked"),
                "registry.body.held": _("Attendance of the assembly closed"),
                "registry.body.assembly_closed": _("Assembly closed without effect"),
                "registry.body.vote_entered": _("Vote of the assembly entered"),
                "registry.body.candidate_entered": _("Candidate entered"),
                "registry.body.candidate_removed": _("Candidate removed"),
                "registry.body.founded": _("Craft body founded"),
                "registry.body.dissolved": _("Craft body dissolved"),
                "registry.body.shown": _("Showing of the president's name changed"),
                "registry.body.document_added": _("Document of a craft body added"),
                "registry.body.post_given": _("Post of a bureau given"),
                "registry.body.mandate_ended": _("Mandate ended before its time"),
                "registry.body.member_joined": _("Member of a craft body entered"),
                "registry.body.member_left": _("Membership of a craft body ended"),
                "registry.attendance.noted": _("Attendance at an assembly noted"),
            }
        )

    def _figures(self):
        from core import audit_labels, background, navigation
        from core.roles import Permission

        background.register("registry.tasks.resume_figures")
        navigation.register(
            navigation.NavigationItem(
                _("Figures"), "registry:figures", Permission.VIEW_FIGURES, "chart-bar", 50, is_daily=False
            )
        )
        audit_labels.add_labels({"registry.target.set": _("Registration target set")})

    def _bulk(self):
        from core import audit_labels, background, panels
        from core.roles import Permission
        from registry.bulk_panels import imports_panel
        from registry.imports.files import forget_erased
        from registry.signals import registrant_erased

        registrant_erased.connect(forget_erased)
        panels.register(
            panels.Panel(
                panels.HOME,
                Permission.IMPORT_REGISTER,
                "registry/imports/_home_panel.html",
                imports_panel,
                75,
            )
        )

        background.register("registry.tasks.resume_imports")
        background.register("registry.tasks.resume_exports")
        background.register("registry.tasks.resume_photographs")
        audit_labels.add_labels(
            {
                "registry.import.received": _("File of people received"),
                "registry.import.columns_chosen": _("Columns of an import confirmed"),
                "registry.import.approved": _("Import approved to be entered"),
                "registry.import.applied": _("Import entered"),
                "registry.import.cancelled": _("Import cancelled or stopped"),
                "registry.import.resumed": _("Import taken up again"),
                "registry.import.undo_asked": _("Import to be undone"),
                "registry.import.undone": _("Import undone"),
                "registry.import.person_entered": _("Entered by an import"),
                "registry.import.person_changed": _("Changed by an import"),
                "registry.import.person_taken_out": _("Taken out again: the import was undone"),
                "registry.import.person_put_back": _("Put back as before: the import was undone"),
                "registry.photographs.received": _("Archive of photographs received"),
                "registry.photographs.taken": _("Photograph taken from an archive"),
                "registry.photographs.done": _("Archive of photographs worked through"),
                "registry.photographs.cancelled": _("Archive of photographs stopped"),
                "registry.export.asked": _("List asked for as a file"),
                "registry.export.made": _("List written to a file"),
                "registry.export.cancelled": _("Writing of a list stopped"),
                "registry.export.taken": _("File of a list downloaded"),
            }
        )

    def _own_space(self):
        from core import audit_labels, background, navigation, own_space, panels
        from core.roles import Permission
        from registry import own_space as own
        from registry.panels import own_data_panel, own_file_panel

        own_space.register_tasks(own.own_tasks)
        own_space.register_messages(own.own_messages)
        background.register("registry.tasks.resume_notifications")
        for template, context, order in (
            ("_own_file_panel", own_file_panel, 10),
            ("_own_progress_panel", own.progress_panel, 20),
            ("_own_dues_panel", own.dues_panel, 40),
            ("_own_data_panel", own_data_panel, 50),
        ):
            template = f"registry/{template}.html"
            panels.register(panels.Panel(panels.OWN_FILE, Permission.VIEW_OWN_FILE, template, context, order))
        for item in (
            navigation.NavigationItem(
                _("My file"), "registry:own_file", Permission.VIEW_OWN_FILE, "document-text", 12
            ),
            navigation.NavigationItem(
                _("My messages"),
                "registry:own_messages",
                Permission.VIEW_OWN_FILE,
                "bell",
                14,
                own.new_messages,
            ),
        ):
            navigation.register(item)
        audit_labels.add_labels({"registry.channel.chosen": _("Way of being told chosen")})
