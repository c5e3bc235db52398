from registry.models.application import Application
from registry.models.change_request import ChangeRequest
from registry.models.comment import ApplicationComment
from registry.models.craft import Craft, CraftBranch, CraftList
from registry.models.craft_body import BodyDocument, BodyMembership, CraftBody
from registry.models.craft_change import CraftChange, CraftLinkMove, CraftMapping
from registry.models.draft import ApplicationDraft, DraftUpload
from registry.models.duplicate_pair import DuplicatePair
from registry.models.duplicate_sweep import DuplicateSweep
from registry.models.evidence import Document, Qualification
from registry.models.export_job import ExportJob
from registry.models.figure import DailyTotal, DecisionTime, Figure, FigureSnapshot, PublicFigures
from registry.models.founding_assembly import Candidacy, Convocation, FoundingAssembly
from registry.models.ground import Ground
from registry.models.import_job import ImportChange, ImportChunk, ImportJob, ImportRow
from registry.models.letter import Letter
from registry.models.mandate import Mandate
from registry.models.member import Member
from registry.models.merge import Merge
from registry.models.notification import ContactPreference, Notification
from registry.models.number_sequence import NumberSequence
from registry.models.people_data import Consent, DataRequest, RetentionEntry, RetentionRun
from registry.models.photographs_job import PhotographsJob
from registry.models.proceeding import Proceeding
from registry.models.registrant import Registrant, RegistrantCraft
from registry.models.rules import RegisterRules
from registry.models.saved_filter import SavedFilter, SearchText
from registry.models.search import FullName, NameWord, SearchEntry
from registry.models.target import RegistrationTarget

__all__ = [
    "Application",
    "ApplicationComment",
    "ApplicationDraft",
    "BodyDocument",
    "BodyMembership",
    "Candidacy",
    "ChangeRequest",
    "Consent",
    "ContactPreference",
    "Convocation",
    "Craft",
    "CraftBody",
    "CraftBranch",
    "CraftChange",
    "CraftLinkMove",
    "CraftList",
    "CraftMapping",
    "DailyTotal",
    "DataRequest",
    "DecisionTime",
    "Document",
    "DraftUpload",
    "DuplicatePair",
    "DuplicateSweep",
    "ExportJob",
    "Figure",
    "FigureSnapshot",
    "FoundingAssembly",
    "FullName",
    "Ground",
    "ImportChange",
    "ImportChunk",
    "ImportJob",
    "ImportRow",
    "Letter",
    "Mandate",
    "Member",
    "Merge",
    "NameWord",
    "Notification",
    "NumberSequence",
    "PhotographsJob",
    "Proceeding",
    "PublicFigures",
    "Qualification",
    "RegisterRules",
    "Registrant",
    "RegistrantCraft",
    "RegistrationTarget",
    "RetentionEntry",
    "RetentionRun",
    "SavedFilter",
    "SearchEntry",
    "SearchText",
]
