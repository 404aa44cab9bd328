#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documents in data/api against the contract's own tables, both ways: what the one says the other
says. And that the comparison can fail."""
import copy
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "journeys"))
import harness  # noqa: E402
from harness import PARTIES, test  # noqa: E402

try:
    import yaml
except ImportError:
    print("1..0 # SKIP python3-yaml is missing")
    sys.exit(0)

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, in C
DUMP = os.environ["TAJDID_DUMP_CONTRACT"]
API = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "api")
CONTRACT = json.loads(subprocess.run([DUMP], check=True, capture_output=True).stdout)
JSON_TYPES = {"string": "string", "int": "integer", "bool": "boolean", "enum": "string",
              "records": "array", "strings": "array", "ints": "array"}
LIMITS = {"string": ("minLength", "maxLength"), "int": ("minimum", "maximum"),
          "records": ("minItems", "maxItems"), "strings": ("minItems", "maxItems"), "ints": ("minItems", "maxItems")}
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def load(folder=API):
    documents = {}
    for party in PARTIES:
        with open(os.path.join(folder, party + ".yaml"), encoding="utf-8") as file:
            documents[party] = yaml.load(file, Loader=LOADER)
    return documents


def ref(value, kind):
    prefix = f"#/components/{kind}/"
    return value["$ref"][len(prefix):] if value.get("$ref", "").startswith(prefix) else None


def field_faults(where, field, schema):
    """What a property says otherwise than the field it stands for."""
    said = dict(schema)
    for more in ("description", "pattern", "contentMediaType", "contentSchema"):  # for tools: the format, a JWT's claims
        said.pop(more, None)
    if field["kind"] == "record":
        expected = {"$ref": "#/components/schemas/" + field["of"]}
        return [] if said == expected else [f"{where}: {said} for {expected}"]
    expected = {"type": JSON_TYPES[field["kind"]]}
    if field["nullable"]:
        expected["type"] = [expected["type"], "null"]
    if "format" in field and field["kind"] == "string":
        expected["format"] = field["format"]
    if field["kind"] == "enum":
        expected["enum"] = field["enum"] + ([None] if field["nullable"] else [])
    if "max" in field:
        low, high = LIMITS[field["kind"]]
        expected[high] = field["max"]
        if field["min"] or field["kind"] == "int":
            expected[low] = field["min"]
    items = said.pop("items", None)
    if field["kind"] == "records" and items != {"$ref": "#/components/schemas/" + field["of"]}:
        return [f"{where}: items {items}"]
    if field["kind"] == "strings" and (items.get("type"), items.get("format")) != ("string", field.get("format")):
        return [f"{where}: items {items}"]
    if field["kind"] == "ints" and items != {"type": "integer"}:
        return [f"{where}: items {items}"]
    return [] if said == expected else [f"{where}: {said} for {expected}"]


def schema_faults(where, name, schema):
    fields = CONTRACT["records"].get(name)
    if fields is None:
        return [f"{where}: there is no record {name}"]
    faults = []
    if set(schema["properties"]) != set(fields):
        faults.append(f"{where}: members {set(schema['properties']) ^ set(fields)}")
    if set(schema.get("required", [])) != {member for member, field in fields.items() if field["required"]}:
        faults.append(f"{where}: required {schema.get('required')}")
    for member in set(schema["properties"]) & set(fields):
        faults += field_faults(f"{where}.{member}", fields[member], schema["properties"][member])
    return faults


def security_faults(where, endpoint, security):
    said = set()
    for requirement in security:
        ((name, scopes),) = requirement.items()
        said.add(name)
        if scopes != ([endpoint["scope"]] if name == "person" else []):
            faults = [f"{where}: scope {scopes}"]
            return faults
    expected = set(endpoint["callers"]) - {"anyone"}
    return [] if said == expected else [f"{where}: security {said} for {expected}"]


def body_faults(where, endpoint, operation):
    content = operation.get("requestBody", {}).get("content", {})
    expected = {}
    if "request" in endpoint:
        kind = "application/x-www-form-urlencoded" if endpoint["form"] else "application/json"
        expected = {kind: endpoint["request"]}
    said = {kind: ref(body["schema"], "schemas") for kind, body in content.items()}
    return [] if said == expected else [f"{where}: body {said} for {expected}"]


def parameter_faults(where, endpoint, operation):
    asked = {p["name"]: p for p in operation.get("parameters", []) if "name" in p}
    said = {ref(p, "parameters") or "?" + p["name"] for p in operation.get("parameters", [])}
    fields = CONTRACT["records"].get(endpoint.get("query"), {})
    expected = {"?" + member for member in fields}
    if "{id}" in endpoint["path"]:
        expected.add("id")
    if endpoint["keyed"]:
        expected.add("key")
    faults = [] if said == expected else [f"{where}: parameters {said} for {expected}"]
    for member in set(asked) & set(fields):
        faults += field_faults(f"{where}?{member}", fields[member], asked[member]["schema"])
        if asked[member]["required"] != fields[member]["required"]:
            faults.append(f"{where}?{member}: required")
    return faults


def reply_faults(where, endpoint, operation):
    good = {status: answer for status, answer in operation["responses"].items() if status < "300"}
    said = {status: ref(answer["content"]["application/json"]["schema"], "schemas") if "content" in answer else None
            for status, answer in good.items()}
    expected = {"200": endpoint["reply"]} if "reply" in endpoint else {"204": None}
    return [] if said == expected else [f"{where}: answers {said} for {expected}"]


def problem_faults(where, endpoint, operation):
    faults = []
    statuses = {problem["name"]: problem["status"] for problem in CONTRACT["problems"]}
    for status, answer in operation["responses"].items():
        if status < "300":
            continue
        for name in answer["content"]["application/problem+json"]["examples"]:
            expected = statuses.get(name)
            if name in ("nonce-needed", "proof-invalid") and "client" in endpoint["callers"]:
                expected = 400
            if expected != int(status):
                faults.append(f"{where}: {name} under {status}, not {expected}")
    return faults


def faults_of(documents):
    faults = []
    for party, document in documents.items():
        said = {(method.upper(), path): operation for path, methods in document["paths"].items()
                for method, operation in methods.items() if method in METHODS}
        rows = {(row["method"], row["path"]): row for row in CONTRACT["endpoints"] if row["party"] == party}
        faults += [f"{party}: {one} is in one alone" for one in set(said) ^ set(rows)]
        for key in set(said) & set(rows):
            where = f"{party} {' '.join(key)}"
            for check in (body_faults, parameter_faults, reply_faults, problem_faults):
                faults += check(where, rows[key], said[key])
            faults += security_faults(where, rows[key], said[key]["security"])
        for name, schema in document["components"]["schemas"].items():
            faults += schema_faults(f"{party} {name}", name, schema)
    return faults


def examples_in(documents):
    """(record, example) of every example there is."""
    for document in documents.values():
        for example in document["components"]["examples"].values():
            yield "Problem", example["value"]
        for methods in document["paths"].values():
            for operation in methods.values():
                bodies = [operation.get("requestBody", {})] + list(operation["responses"].values())
                for body in bodies:
                    for media in body.get("content", {}).values():
                        if "example" in media:
                            yield ref(media["schema"], "schemas"), media["example"]


@test
def documents_and_tables_say_the_same():
    faults = faults_of(load())
    assert not faults, "\n".join(faults)


@test
def documents_are_composed_of_tables_and_words():
    with tempfile.TemporaryDirectory() as folder:
        build = os.path.join(os.path.dirname(DUMP), "..", "..")
        subprocess.run([sys.executable, os.path.join(API, "..", "..", "build-aux", "compose-api"), build, folder], check=True)
        composed = load(folder)
    assert composed == load(), "build-aux/compose-api was not run, or a document was edited by hand"


@test
def every_problem_stands_in_a_document_and_is_what_the_table_says():
    table = {problem["name"]: problem for problem in CONTRACT["problems"]}
    said = {}
    for document in load().values():
        for name, example in document["components"]["examples"].items():
            said[name] = example["value"]
    assert set(said) == set(table), set(said) ^ set(table)
    for name, value in said.items():
        assert value["type"] == "urn:tajdid:problem:" + name and value["status"] == table[name]["status"], name
        assert value["title"] == table[name]["title"] and value.get("error") == table[name].get("error"), name


@test
def every_example_is_read_by_its_record():
    examples = list(examples_in(load()))
    lines = "".join(f"{name}\t{json.dumps(value, ensure_ascii=False)}\n" for name, value in examples)
    answers = subprocess.run([DUMP, "read"], input=lines, text=True, check=True, capture_output=True).stdout
    faults = [f"{name}: {answer}" for (name, _), answer in zip(examples, answers.splitlines()) if answer != "ok"]
    assert len(answers.splitlines()) == len(examples) > 60 and not faults, "\n".join(faults)


@test
def the_worked_code_in_the_banks_document_is_right():
    words = load()["bank"]["info"]["description"]
    secret = re.search(r"the secret ([A-Z2-7]+)", words)[1]
    number, said = re.search(r"the number (\d{8}) and that text the code is (\d{8})", words).groups()
    token = object.__new__(harness.foreign.Token)
    token.suite, token.signing_secret = "OCRA-1:HOTP-SHA256-8:QN08-S064", secret
    assert f"{number}\\n1020.00\\n10002000\\n" in words
    assert token.signing_code(number, f"{number}\n1020.00\n10002000\n") == said


@test
def the_comparison_notices_what_drifts():
    documents = load()

    def changed(change):
        copied = copy.deepcopy(documents)
        change(copied)
        return faults_of(copied)

    order = lambda d: d["portal"]["components"]["schemas"]["Order"]  # noqa: E731
    place = lambda d: d["portal"]["paths"]["/orders"]["post"]  # noqa: E731
    listed = lambda d: d["portal"]["paths"]["/orders"]["get"]  # noqa: E731
    for change in (lambda d: order(d)["properties"]["total"].update(maximum=5),
                   lambda d: order(d)["properties"].pop("total"),
                   lambda d: order(d)["properties"].update(more={"type": "string"}),
                   lambda d: order(d)["required"].remove("total"),
                   lambda d: order(d)["properties"]["state"]["enum"].append("lost"),
                   lambda d: order(d)["properties"]["id"].update(format="uuid"),
                   lambda d: order(d)["properties"]["items"].update(minItems=2),
                   lambda d: d["bank"]["paths"].pop("/payments/{id}/release"),
                   lambda d: d["bank"]["paths"].update({"/more": {"get": {}}}),
                   lambda d: place(d).update(security=[]),
                   lambda d: place(d)["security"][0].update(person=["pay"]),
                   lambda d: place(d).update(parameters=[]),
                   lambda d: listed(d)["parameters"].pop(),
                   lambda d: listed(d)["parameters"][0].update(required=True),
                   lambda d: listed(d)["parameters"][0]["schema"].update(maximum=501),
                   lambda d: place(d)["requestBody"]["content"].update({"text/plain": {"schema": {}}}),
                   lambda d: place(d)["responses"].update({"204": place(d)["responses"].pop("200")}),
                   lambda d: place(d)["responses"]["404"]["content"]["application/problem+json"]["examples"].update(busy={})):
        assert changed(change), "a change went unnoticed"
    assert not faults_of(documents)


if __name__ == "__main__":
    harness.main()
