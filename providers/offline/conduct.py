"""What the director does next, told from the conversation alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from providers.offline import mend
from providers.offline.asking import agreed
from providers.offline.history import History, Said
from providers.offline.plan import Plan, content, film_edits, plan
from providers.offline.reading import read
from providers.offline.source import changes
from providers.offline.tongues import TITLES
from providers.offline.vow import vow
from providers.offline.wish import Wish

MOST_TRIES: Final = 2
MOST_MENDS: Final = 8
MOST_POLISH: Final = 3
"""Rounds of mending for faults, and for what is only less than good."""
MOST_SAFE: Final = 3
"""How often the safe fixes are applied."""
Ask = tuple[str, Mapping[str, JsonValue]]


@dataclass(frozen=True)
class Move:
    """One answer: a sentence, and the calls that go with it."""

    text: str
    calls: tuple[Ask, ...] = ()


def generate(past: History) -> Move:
    """Make a new film: plan, scaffold, write, then finish."""
    wish = agreed(past, read(past.request))
    cards = past.last("list_templates")
    if cards is None:
        return or_stop(past, "list_templates", Move(_reading(wish), (("list_templates", {}),)))
    names = [str(card.get("name")) for card in _objects(cards, "templates")]
    made = plan(wish, names)
    stands = past.last("scaffold_project")
    if stands is None:
        return _scaffold(past, made)
    missing = [each for each in wish.assets if not _added(past, each)]
    if missing:
        return Move(
            "I bring in what you gave me.", tuple(("add_asset", {"source": each}) for each in missing)
        )
    files = stands.lines("files")
    if "content.py" not in files or "film.py" not in files:
        return finish(past, made.wish, made.seconds)
    if (
        past.read_since("content.py", stands.place) is None
        or past.read_since("film.py", stands.place) is None
    ):
        reads: tuple[Ask, ...] = (
            ("read_file", {"file_path": "content.py"}),
            ("read_file", {"file_path": "film.py"}),
        )
        return or_stop(past, "read_file", Move("I read what the template wrote.", reads))
    calls = _writes(past, made, stands)
    if calls:
        scenes = "; ".join(shot.says for shot in made.shots if shot.says) or made.name
        return Move(f"I write the film: {scenes}; {_heard(content(made, _assets(past)))}.", calls)
    return finish(past, made.wish, made.seconds)


def _heard(said: Mapping[str, object]) -> str:
    """Name what the film sounds like."""
    if said.get("SOUND"):
        return "with your sound"
    return f"with {said['MUSIC']} music" if said.get("MUSIC") else "without music"


def finish(past: History, wish: Wish, seconds: float) -> Move:
    """Check, look, mend what was found, render, and say what came of it."""
    check = past.last("run_build_check", after=past.written)
    if check is None:
        return or_stop(
            past,
            "run_build_check",
            Move("I check that every scene compiles and can be drawn.", (("run_build_check", {}),)),
        )
    findings = check.lines("findings")
    if not check.answer.output.get("ok") and (move := _mend(past, findings, MOST_MENDS)):
        return move
    look = past.last("visual_frame_inspection", after=past.written)
    if look is None and check.answer.output.get("ok"):
        times = _moments(check)
        asked: Ask = (
            "visual_frame_inspection",
            {"times": list[JsonValue](times), "analysis_prompt": "cut, small or hidden text"},
        )
        return or_stop(past, "visual_frame_inspection", Move("I look at every scene.", (asked,)))
    if look is not None:
        errors = [line for line in look.lines("findings") if not line.startswith(("warning: ", "advice: "))]
        most = MOST_MENDS if errors else MOST_POLISH
        if (errors or mend.worth(look.lines("findings"))) and (
            move := _mend(past, look.lines("findings"), most)
        ):
            return move
    return _render(past, wish, seconds, check)


def _film(wish: Wish) -> Ask:
    plain: dict[str, JsonValue] = {"quality": wish.quality}
    return "render_video", plain if wish.file_format == "mp4" else {**plain, "format": wish.file_format}


def _render(past: History, wish: Wish, seconds: float, check: Said) -> Move:
    ordered = past.last("render_video", after=past.written)
    if ordered is None:
        return or_stop(past, "render_video", Move("I render the film.", (_film(wish),)))
    waited = past.last("wait_for_job", after=ordered.place)
    if waited is None or not waited.answer.output.get("ended"):
        asked: Ask = ("wait_for_job", {"job_id": ordered.text("job_id")})
        return or_stop(past, "wait_for_job", Move("I wait for the film.", (asked,)))
    render = waited.answer.output.get("render")
    state: Mapping[str, JsonValue] = render if isinstance(render, dict) else {}
    if state.get("status") == "FAILED_CHECKS":
        found = state.get("findings")
        lines = [str(line).removeprefix("error: ") for line in found] if isinstance(found, list) else []
        if move := _mend(past, lines, MOST_MENDS):
            return move
        return Move(
            f"The film is rendered, but I cannot mend this: {lines[0] if lines else 'its checks failed'}."
        )
    if state.get("status") != "COMPLETED":
        if past.reminders and len(past.all("render_video", after=past.written)) <= MOST_TRIES:
            return Move("I render the film once more.", (_film(wish),))
        why = state.get("reason") or waited.text("reason") or "no reason was given"
        return Move(f"The film could not be rendered: {why}.")
    return Move(_last_words(wish, seconds, state, check))


def _scaffold(past: History, made: Plan) -> Move:
    args: dict[str, JsonValue] = {
        "template_name": made.template,
        "project_name": made.name,
        "width": made.width,
        "height": made.height,
        "direction": "rtl" if made.rtl else "ltr",
    }
    failed = past.last("scaffold_project", ok=False)
    if failed is not None and "replace=true" in failed.trouble:
        args["replace"] = True
    seconds = f"{made.seconds:g} s, {made.width}×{made.height}"
    return or_stop(
        past,
        "scaffold_project",
        Move(
            f"I start {made.name!r} ({seconds}) from the {made.template} template.\n\n{vow(made)}",
            (("scaffold_project", args),),
        ),
    )


def _writes(past: History, made: Plan, stands: Said) -> tuple[Ask, ...]:
    """The calls that write this film's own files, without those made already or failed too often."""
    calls: list[Ask] = []
    done = {
        str(each.call.args.get("component_name")) for each in past.all("create_component", after=stands.place)
    }
    for shot in made.shots:
        if (
            shot.code
            and shot.module not in done
            and past.failures("create_component", component_name=shot.module) < MOST_TRIES
        ):
            calls.append(
                (
                    "create_component",
                    {"component_name": shot.module, "component_type": "scene", "code": shot.code},
                )
            )
    written = {str(each.call.args.get("file_path")) for each in past.all("atomic_edit", after=stands.place)}
    constants = changes(past.read_since("content.py", stands.place) or "", content(made, _assets(past)))
    film = film_edits(past.read_since("film.py", stands.place) or "", made)
    for path, edits in (("content.py", constants), ("film.py", film)):
        if edits and path not in written and past.failures("atomic_edit", file_path=path) < MOST_TRIES:
            calls.append(("atomic_edit", {"file_path": path, "edits": list[JsonValue](edits)}))
    return tuple(calls)


def _mend(past: History, findings: list[str], most: int) -> Move | None:
    """Apply what is safe, then read the files that findings name and edit them; None when enough was done."""
    tried = past.last("mend_findings", after=past.written, ok=False)
    if tried is None and len(past.all("mend_findings")) < MOST_SAFE and past.reminders <= 1:
        return Move("I let the safe fixes be applied.", (("mend_findings", {}),))
    checked = next((each.place for each in past.said if each.call.tool == "run_build_check" and each.ok), 0)
    rounds = {each.place for each in past.all("atomic_edit", after=checked)}
    if len(rounds) >= most or past.reminders > 1:
        return None
    check = past.last("run_build_check")
    scenes = (
        [str(each.get("file")) for each in _objects(check, "scenes") if each.get("file")] if check else []
    )
    wanted = mend.files(findings, list(dict.fromkeys(scenes)))
    failed = {
        str(each.call.args.get("file_path"))
        for each in past.said
        if each.call.tool == "read_file" and not each.ok
    }
    unread = [path for path in wanted if path not in failed and past.file(path) is None]
    if unread:
        return Move(
            "I read the lines that the check names.",
            tuple(("read_file", {"file_path": path}) for path in unread),
        )
    texts = {path: text for path in wanted if (text := past.file(path)) is not None}
    mends = mend.mends(findings, texts, len(rounds))
    if not mends:
        return None
    calls = tuple[Ask, ...](
        ("atomic_edit", {"file_path": path, "edits": list[JsonValue](edits)})
        for path, edits in mends.edits.items()
    )
    return Move(mends.text, calls)


def or_stop(past: History, tool: str, move: Move) -> Move:
    """Make a move, unless its tool has just refused it: then say so, and try once more if told to go on."""
    newest = past.said[-1] if past.said else None
    refused = newest is not None and newest.call.tool == tool and not newest.ok
    if not refused or newest is None:
        return move
    if move.calls and dict(move.calls[0][1]) != newest.call.args:
        return move
    if past.reminders and past.failures(tool) < MOST_TRIES:
        return move
    return Move(f"I cannot go on: {newest.trouble}")


def _moments(check: Said) -> list[float]:
    """Moments worth a look: each scene when all its words stand, and the film's end."""
    scenes = _objects(check, "scenes")
    spans = [(float(str(each.get("start", 0))), float(str(each.get("seconds", 0)))) for each in scenes]
    times = [round(start + length * 0.62, 3) for start, length in spans]
    step = -(-len(times) // 11) if times else 1
    end = float(str(check.answer.output.get("seconds", 0)))
    return sorted({*times[::step], round(max(end - 0.1, 0), 3)})[:12]


def _added(past: History, source: str) -> bool:
    tries = [
        each for each in past.said if each.call.tool == "add_asset" and each.call.args.get("source") == source
    ]
    return any(each.ok for each in tries) or bool(tries)


def _assets(past: History) -> dict[str, str]:
    """What the user gave, by its use: a logo by its name or its clear ground, else a picture, a sound."""
    found: dict[str, str] = {}
    for each in past.all("add_asset"):
        path, kind = each.text("path"), each.text("kind")
        if kind == "audio":
            found.setdefault("sound", path)
        elif kind == "svg" or (kind == "image" and re.search(r"logo|marke|brand|icon|شعار", path, re.I)):
            found.setdefault("logo", path)
        elif kind == "image":
            found.setdefault("picture", path)
    if "picture" in found and "logo" not in found:
        found["logo"] = found["picture"]
    return found


def _objects(said: Said, name: str) -> list[dict[str, JsonValue]]:
    value = said.answer.output.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _reading(wish: Wish) -> str:
    length = f"{wish.seconds:g} seconds" if wish.seconds else "a length that fits its words"
    tongues = TITLES.get(wish.language, wish.language) + (
        f" and {TITLES.get(wish.second_language, '')}" if wish.second_title else ""
    )
    return (
        f"I read: {wish.title!r}, {length}, {wish.frame or '16:9'}, in {tongues}, {len(wish.points)} points."
    )


def _last_words(wish: Wish, seconds: float, state: Mapping[str, JsonValue], check: Said) -> str:
    length, size = state.get("seconds") or seconds, state.get("size") or ""
    scenes = len(_objects(check, "scenes"))
    told = f"{wish.title!r} is finished: {float(str(length)):g} seconds, {size}, {scenes} scenes."
    return " ".join([told, *wish.asides])
