"""The local Gemini can say no: each thing that the real one refuses is refused."""

from __future__ import annotations

import base64
import copy
import io
from collections.abc import Callable

import pytest
from PIL import Image

from tests.gemini.script import Json, signature
from tests.gemini.strict import complaints


def jpeg(side: int = 64) -> str:
    content = io.BytesIO()
    Image.new("RGB", (side, 8)).save(content, "JPEG")
    return base64.b64encode(content.getvalue()).decode()


ISSUED: list[Json] = [
    {"functionCall": {"id": "a", "name": "read_file", "args": {"n": 1}}, "thoughtSignature": signature(1)},
    {"functionCall": {"id": "b", "name": "visual_frame_inspection", "args": {}}},
]


def a_good_request() -> Json:
    declared: list[Json] = [
        {"name": name, "description": "Looks.", "parametersJsonSchema": {"type": "object", "properties": {}}}
        for name in ("read_file", "visual_frame_inspection")
    ]
    picture = {"inlineData": {"mimeType": "image/jpeg", "data": jpeg()}}
    answers: list[Json] = [
        {"functionResponse": {"id": "a", "name": "read_file", "response": {"output": {}}}},
        {"functionResponse": {"id": "b", "name": "visual_frame_inspection", "response": {"output": {}},
                              "parts": [picture]}},
    ]  # fmt: skip
    contents: list[Json] = [
        {"role": "user", "parts": [{"text": "A teaser"}]},
        {"role": "model", "parts": copy.deepcopy(ISSUED)},
        {"role": "user", "parts": answers},
    ]
    return {"contents": contents, "tools": [{"functionDeclarations": declared}], "store": False}


def spelled_with_underscores(body: Json) -> None:
    body["tools"][0]["function_declarations"] = body["tools"][0].pop("functionDeclarations")
    for part in body["contents"][2]["parts"]:
        part["function_response"] = part.pop("functionResponse")
    part = body["contents"][1]["parts"][0]
    part["thought_signature"] = part.pop("thoughtSignature").replace("+", "-").replace("/", "_")


def keep(body: Json) -> None:
    pass


@pytest.mark.parametrize("spelling", [keep, spelled_with_underscores])
def test_a_good_request_is_taken_in_both_spellings(spelling: Callable[[Json], None]) -> None:
    body = a_good_request()
    spelling(body)
    assert list(complaints(body, [ISSUED])) == []


def answers(body: Json) -> list[Json]:
    return body["contents"][2]["parts"]


def spoil_signature(body: Json) -> None:
    body["contents"][1]["parts"][0]["thoughtSignature"] = signature(2)


def lose_signature(body: Json) -> None:
    del body["contents"][1]["parts"][0]["thoughtSignature"]


def change_args(body: Json) -> None:
    body["contents"][1]["parts"][0]["functionCall"]["args"] = {"n": 2}


def lose_an_answer(body: Json) -> None:
    answers(body).pop(0)


def answer_twice(body: Json) -> None:
    answers(body).append(answers(body)[0])


def answer_another_id(body: Json) -> None:
    answers(body)[0]["functionResponse"]["id"] = "c"


def never_answer(body: Json) -> None:
    body["contents"].pop()


def talk_twice(body: Json) -> None:
    body["contents"].insert(1, {"role": "user", "parts": [{"text": "And?"}]})


def say_nothing(body: Json) -> None:
    body["contents"][0]["parts"] = []


def hide_the_picture(body: Json) -> None:
    answers(body)[1]["functionResponse"].pop("parts")


def show_too_much(body: Json) -> None:
    answers(body)[1]["functionResponse"]["parts"][0]["inlineData"]["data"] = jpeg(2000)


def call_it_png(body: Json) -> None:
    answers(body)[1]["functionResponse"]["parts"][0]["inlineData"]["mimeType"] = "image/png"


def keep_it_there(body: Json) -> None:
    body["store"] = True


def add_a_field(body: Json) -> None:
    body["automaticFunctionCalling"] = {}


def declare_const(body: Json) -> None:
    schema = body["tools"][0]["functionDeclarations"][0]["parametersJsonSchema"]
    schema["properties"]["kind"] = {"const": "film"}


def declare_twice(body: Json) -> None:
    declared = body["tools"][0]["functionDeclarations"]
    declared.append(declared[0])


def declare_both(body: Json) -> None:
    body["tools"][0]["functionDeclarations"][0]["parameters"] = {"type": "OBJECT"}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (spoil_signature, "thought_signature"),
        (lose_signature, "thought_signature"),
        (change_args, "not as it was issued"),
        (lose_an_answer, "do not match the calls"),
        (answer_twice, "do not match the calls"),
        (answer_another_id, "do not match the calls"),
        (never_answer, "were never answered"),
        (talk_twice, "roles must alternate"),
        (say_nothing, "must not be empty"),
        (hide_the_picture, "shows no picture"),
        (show_too_much, "larger than 1568 px"),
        (call_it_png, "says it is image/png"),
        (keep_it_there, "store must be false"),
        (add_a_field, "Unknown name"),
        (declare_const, "'const' is not supported"),
        (declare_twice, "doubled name"),
        (declare_both, "parameters excludes"),
    ],
)
def test_a_spoiled_request_is_refused(spoil: Callable[[Json], None], said: str) -> None:
    body = a_good_request()
    spoil(body)
    assert said in "; ".join(complaints(body, [ISSUED]))
