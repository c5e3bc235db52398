from registry.forms.application import ApplicationForm
from registry.forms.decision import DecisionForm

__all__ = ["ApplicationForm", "DecisionForm"]
