from registry.forms.changes.amendment import AmendmentForm
from registry.forms.changes.correction import CorrectionForm
from registry.forms.changes.decision import ChangeDecisionForm
from registry.forms.changes.exit import DeathForm, ExitForm, OwnExitForm
from registry.forms.changes.renewal import RenewalForm
from registry.forms.changes.transfer import TransferAskForm, TransferForm

__all__ = [
    "AmendmentForm",
    "ChangeDecisionForm",
    "CorrectionForm",
    "DeathForm",
    "ExitForm",
    "OwnExitForm",
    "RenewalForm",
    "TransferAskForm",
    "TransferForm",
]
