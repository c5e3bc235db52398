from registry.forms.application import ApplicationForm
from registry.forms.decision import DecisionForm
from registry.forms.documents import CommentForm, DocumentForm
from registry.forms.kept import typed_values
from registry.forms.uploads import take_files

__all__ = [
    "ApplicationForm",
    "CommentForm",
    "DecisionForm",
    "DocumentForm",
    "take_files",
    "typed_values",
]
