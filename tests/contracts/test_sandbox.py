"""What every sandbox does for a command: how it ends, what it finds inside, and what goes in."""

import json
import os
from pathlib import Path

import pytest

from domain.sandbox import Mount, Sandbox
from tests.contracts.sandboxes import LIMITS, SANDBOXES, python


@pytest.fixture(params=SANDBOXES)
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return SANDBOXES[request.param]()


# --- how a command ends


async def test_a_command_answers_with_its_output(sandbox: Sandbox) -> None:
    result = await sandbox.run(
        python("import sys; print('out'); print('err', file=sys.stderr)"), limits=LIMITS
    )
    assert (result.exit_code, result.stdout, result.stderr, result.ended_by) == (
        0,
        b"out\n",
        b"err\n",
        "exit",
    )
    assert 0 < result.seconds < LIMITS.seconds


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("raise SystemExit(3)", 3),
        ("1 / 0", 1),
        ("import os; os.kill(os.getpid(), 9)", 137),
        ("import os; os.abort()", 134),
    ],
)
async def test_a_failing_command_is_data(sandbox: Sandbox, code: str, expected: int) -> None:
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.exit_code, result.ended_by) == (expected, "exit")


async def test_a_command_that_does_not_exist_is_data(sandbox: Sandbox) -> None:
    result = await sandbox.run(["no-such-program"], limits=LIMITS)
    assert result.exit_code == 127
    assert b"no-such-program" in result.stderr


async def test_no_command_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="argv is empty"):
        await sandbox.run([], limits=LIMITS)


async def test_arguments_arrive_as_they_are(sandbox: Sandbox) -> None:
    awkward = ["a b", "$HOME", "*", "", "'\"", "--", "-x", "line\nline", "ü"]
    code = "import sys, json; print(json.dumps(sys.argv[1:]))"
    result = await sandbox.run([*python(code), *awkward], limits=LIMITS)
    assert json.loads(result.stdout) == awkward


# --- what a guest finds


async def test_the_environment_holds_nothing_of_the_server(sandbox: Sandbox) -> None:
    result = await sandbox.run(python("import os, json; print(json.dumps(dict(os.environ)))"), limits=LIMITS)
    environment = json.loads(result.stdout)
    assert environment["HOME"] == "/box"
    assert environment["PYTHONHASHSEED"] == "0"
    assert all(
        name in ("PATH", "HOME", "LANG") or name.startswith(("PYTHON", "PYDANTIC", "OPENBLAS_"))
        for name in environment
    )


async def test_the_work_folder_is_where_a_guest_starts_and_the_only_place_it_may_write(
    sandbox: Sandbox,
) -> None:
    code = """
import os
print(os.getcwd())
open("out/a", "w").write("x")
for place in ("/", "/usr", "/etc", "/app", "/in", "/dev", "/var"):
    try:
        open(os.path.join(place, "a"), "w")
        print("wrote", place)
    except OSError:
        pass
"""
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"/box\n", b"")


async def test_a_guest_imports_what_it_needs_and_no_other_code_of_ours(sandbox: Sandbox) -> None:
    code = """
import importlib.util
import domain.sandbox, pydantic, numpy
names = "sandbox agent tools storage jobs providers api memory settings main".split()
print([name for name in names if importlib.util.find_spec(name)])
"""
    result = await sandbox.run(python(code), limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"[]\n", b"")


async def test_a_script_does_not_import_from_its_own_folder_or_the_current_one(sandbox: Sandbox) -> None:
    files = {"json.py": b"print('planted')", "main.py": b"import json; print(json.dumps(1))"}
    result = await sandbox.run(["python", "/in/main.py"], limits=LIMITS, files=files)
    assert result.stdout == b"1\n"


async def test_ffmpeg_makes_a_film_and_ffprobe_reads_it(sandbox: Sandbox, tmp_path: Path) -> None:
    source = "testsrc2=size=64x64:rate=30:duration=1"
    made = await sandbox.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", source, "out/film.mp4"],
        limits=LIMITS,
        collect=tmp_path,
    )
    assert (made.exit_code, made.stderr) == (0, b"")
    film = Mount(source=tmp_path / "film.mp4", target="/in/film.mp4")
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", "/in/film.mp4"]
    probed = await sandbox.run(command, mounts=[film], limits=LIMITS)
    assert float(probed.stdout) == pytest.approx(1)


# --- what goes in


async def test_standard_input_arrives_whole_and_ends(sandbox: Sandbox) -> None:
    content = os.urandom(300_000)
    code = "import sys; a = sys.stdin.buffer.read(); sys.stdout.buffer.write(a[:-11:-1]); print(len(a))"
    result = await sandbox.run(python(code), limits=LIMITS, stdin=content)
    assert result.stdout == content[::-1][:10] + b"300000\n"


async def test_a_guest_may_ignore_its_input(sandbox: Sandbox) -> None:
    assert (await sandbox.run(["true"], limits=LIMITS, stdin=bytes(1_000_000))).exit_code == 0


async def test_mounted_files_and_folders_are_read_only(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "film").mkdir()
    (tmp_path / "film/scene.py").write_text("scene")
    (tmp_path / "one.json").write_text("one")
    mounts = [
        Mount(source=tmp_path / "film", target="/project"),
        Mount(source=tmp_path / "one.json", target="/in/one.json"),
    ]
    code = """
print(open("/project/scene.py").read(), open("/in/one.json").read())
for path in ("/project/scene.py", "/project/new", "/in/one.json"):
    try:
        open(path, "w")
        print("wrote", path)
    except OSError:
        pass
"""
    result = await sandbox.run(python(code), mounts=mounts, limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"scene one\n", b"")
    assert (tmp_path / "film/scene.py").read_text() == "scene"


async def test_a_private_file_below_a_private_folder_can_be_mounted(sandbox: Sandbox, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "data"
    folder.mkdir(parents=True)
    (folder / "blob").write_text("mine")
    (folder / "blob").chmod(0o600)
    folder.chmod(0o700)
    (tmp_path / "home").chmod(0o700)
    code = "print(open('/in/blob').read(), open('/data/blob').read())"
    mounts = [Mount(source=folder / "blob", target="/in/blob"), Mount(source=folder, target="/data")]
    result = await sandbox.run(python(code), mounts=mounts, limits=LIMITS)
    assert (result.stdout, result.stderr) == (b"mine mine\n", b"")


async def test_given_files_stand_read_only_below_in(sandbox: Sandbox) -> None:
    code = """
import os
print(open("/in/a").read(), open("/in/deep/b.txt").read())
for path in ("/in/a", "/in/deep/c"):
    try:
        open(path, "w")
        print("wrote", path)
    except OSError:
        pass
"""
    files = {"a": b"A", "deep/b.txt": b"B"}
    result = await sandbox.run(python(code), limits=LIMITS, files=files)
    assert (result.stdout, result.stderr) == (b"A B\n", b"")


async def test_many_given_files_are_no_trouble(sandbox: Sandbox) -> None:
    files = {f"scene-{number}.py": b"x" * number for number in range(150)}
    code = "import os; print(sum(os.path.getsize(f'/in/{name}') for name in os.listdir('/in')))"
    assert (await sandbox.run(python(code), limits=LIMITS, files=files)).stdout == b"11175\n"


@pytest.mark.parametrize("name", ["", "..", "../x", "/x", "a/../../x", "a\0b", "."])
async def test_a_given_file_cannot_leave_its_folder(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(ValueError, match="relative path"):
        await sandbox.run(["true"], limits=LIMITS, files={name: b""})


@pytest.mark.parametrize(
    "target",
    ["", "/", "project", "/a/../b", "/a\0b", "/usr/x", "/proc", "/etc/passwd", "/box", "/box/out", "/app"],
)
async def test_a_mount_cannot_hide_what_belongs_to_the_box(
    sandbox: Sandbox, tmp_path: Path, target: str
) -> None:
    with pytest.raises(ValueError, match="mount target"):
        await sandbox.run(["true"], limits=LIMITS, mounts=[Mount(source=tmp_path, target=target)])


async def test_a_file_is_mounted_below_a_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "film.json").write_text("{}")
    mount = Mount(source=tmp_path / "film.json", target="/film.json")
    with pytest.raises(ValueError, match=r"choose '/in/film\.json'"):
        await sandbox.run(["true"], limits=LIMITS, mounts=[mount])


async def test_two_mounts_cannot_share_a_target(sandbox: Sandbox, tmp_path: Path) -> None:
    mount = Mount(source=tmp_path, target="/project")
    with pytest.raises(ValueError, match="mounted twice: '/project'"):
        await sandbox.run(["true"], limits=LIMITS, mounts=[mount, mount])


async def test_a_source_must_be_a_real_file_or_folder(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc")
    os.mkfifo(tmp_path / "fifo")
    for source in (
        tmp_path / "link",
        tmp_path / "fifo",
        tmp_path / "missing",
        Path("relative"),
        tmp_path / "..",
    ):
        with pytest.raises(ValueError, match="mount source"):
            await sandbox.run(["true"], limits=LIMITS, mounts=[Mount(source=source, target="/project")])
