"""The description of the API: as OpenAPI for programs, and as a page of ours for people."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.api.operations import api
from partners.api.problems import TITLES


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    return JsonResponse(api.get_openapi_schema())


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Every operation with what it takes, gives and may refuse, and an example to copy."""
    schema = api.get_openapi_schema()
    operations = [
        _operation(schema, method.upper(), path, described, request)
        for path, methods in schema["paths"].items()
        for method, described in methods.items()
    ]
    context = {
        "root": request.build_absolute_uri(request.path),
        "version": schema["info"]["version"],
        "operations": operations,
        "problems": TITLES.items(),
    }
    return render(request, "partners/api/documentation.html", context)


def _operation(schema: dict, method: str, path: str, described: dict, request: HttpRequest) -> dict[str, Any]:
    sent = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    done = next(status for status in described["responses"] if status < "400")
    answered = described["responses"][done]["content"]["application/json"]
    headers = [parameter for parameter in described["parameters"] if parameter["in"] == "header"]
    return {
        "id": described["operationId"],
        "method": method,
        "path": path,
        "summary": _(described["summary"]),
        "description": _(described["description"]),
        "headers": [{"name": one["name"], "description": _(one["description"])} for one in headers],
        "sent": _fields(schema, sent["schema"]) if sent else [],
        "answered": _fields(schema, answered["schema"]),
        "done": done,
        "statuses": list(described["responses"]),
        "example": _curl(method, request.build_absolute_uri(path), headers, sent.get("example")),
        "example_answer": _json(answered["example"]),
    }


def _fields(schema: dict, node: dict, prefix: str = "") -> list[dict[str, Any]]:
    """The members of an object and of what it holds, one line each."""
    node = _resolved(schema, node)
    lines = []
    for name, member in node.get("properties", {}).items():
        inner = _resolved(schema, member)
        kind = inner.get("type", "object")
        lines.append(
            {
                "name": f"{prefix}{name}",
                "kind": kind,
                "required": name in node.get("required", []),
                "description": _(described) if (described := member.get("description")) else "",
                "choices": inner.get("enum") or _resolved(schema, inner.get("items", {})).get("enum") or [],
            }
        )
        if kind == "array":
            lines += _fields(schema, inner["items"], f"{prefix}{name}[].")
        elif kind == "object":
            lines += _fields(schema, inner, f"{prefix}{name}.")
    return lines


def _resolved(schema: dict, node: dict) -> dict:
    """The node behind a reference; of what may also be null, the rest."""
    if "anyOf" in node:
        rest = next(one for one in node["anyOf"] if one.get("type") != "null")
        return _resolved(schema, rest) | {key: value for key, value in node.items() if key != "anyOf"}
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return schema["components"]["schemas"][name]
    return node


def _curl(method: str, address: str, headers: list[dict], sent: dict | None) -> str:
    """A command that can be copied; the key is left to be filled in."""
    lines = [f"curl -X {method} {address}", '-H "Authorization: Bearer $KEY"']
    lines += [f'-H "{one["name"]}: {one["example"]}"' for one in headers]
    if sent:
        lines += ['-H "Content-Type: application/json"', f"-d '{_json(sent)}'"]
    return " \\\n  ".join(lines)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
