"""The OpenAPI description: ninja's, with the problems' media type, headers and examples put right."""

from typing import Any

from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI

from partners.api import examples
from partners.api.problems import MEDIA_TYPE

VERSION = "1.0.0"
_JSON = "application/json"
_HEADERS: dict[str, dict[str, Any]] = {
    "401": {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}},
    "429": {
        "Retry-After": {
            "schema": {"type": "integer", "minimum": 1},
            "description": _("Seconds to wait."),
            "required": True,
        }
    },
}


class TillsAPI(NinjaAPI):
    """Every error is a problem; everything that is sent and answered has an example."""

    def get_openapi_schema(self, **kwargs) -> dict[str, Any]:
        schema = super().get_openapi_schema(**kwargs)
        for path in schema["paths"].values():
            for operation in path.values():
                _put_right(operation)
        return schema


def _put_right(operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    if "requestBody" in operation:
        operation["requestBody"]["content"][_JSON]["example"] = examples.SENT[name]
    for parameter in operation["parameters"]:
        # A list is a schema's; a parameter has one example, or a named few.
        parameter["example"] = parameter.pop("examples")[0]
    operation["responses"] = {
        str(status): _response(name, str(status), response)
        for status, response in operation["responses"].items()
    }


def _response(name: str, status: str, response: dict[str, Any]) -> dict[str, Any]:
    schema = response["content"][_JSON]
    if status < "400":
        return response | {"content": {_JSON: schema | {"example": examples.ANSWERED[name]}}}
    content = {MEDIA_TYPE: schema | {"example": examples.problem(status)}}
    headers = {"headers": _HEADERS[status]} if status in _HEADERS else {}
    return response | {"content": content} | headers
