"""The event stream as a person reads it at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from cli.client import Json, Sent

_LONGEST = 160
_MARKS = {"error": "[red]✗[/]", "warning": "[yellow]![/]", "advice": "[dim]·[/]"}


class Show:
    """Prints one line per event, and a bar while a film is drawn."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            TextColumn("  [cyan]{task.description:<10}"),
            BarColumn(bar_width=36),
            TextColumn("{task.percentage:>4.0f} %"),
            TextColumn("[dim]{task.fields[speed]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )
        self._task: TaskID | None = None
        self._told: set[str] = set()
        """Findings that were shown; each is told once, however many checks find it again."""

    def close(self) -> None:
        """Take the bar away."""
        if self._task is not None:
            self._bar.stop()
            self._bar.remove_task(self._task)
            self._task = None

    def event(self, sent: Sent) -> None:
        """Show one event."""
        show = getattr(self, f"_{sent.type.replace('.', '_')}", None)
        if show is not None:
            show(sent.data)

    def _line(self, mark: str, text: str, style: str = "", *, whole: bool = False) -> None:
        text = " ".join(text.split())
        if len(text) > _LONGEST and not whole:
            text = text[: _LONGEST - 1] + "…"
        self._console.print(f"{mark} ", end="")
        self._console.print(text, style=style, markup=False, highlight=False)

    def _run_started(self, data: Json) -> None:
        again = f", attempt {data['attempt']}" if data.get("attempt") != 1 else ""
        self._line("[bold]●[/]", f"directing (model: {data.get('model')}{again})")

    def _model_replied(self, data: Json) -> None:
        if data.get("text"):
            self._line("[magenta]»[/]", str(data["text"]))

    def _tool_finished(self, data: Json) -> None:
        self._line("[green]✓[/]", f"{data.get('tool')}: {data.get('summary')}")
        self._findings(data)

    def _tool_failed(self, data: Json) -> None:
        self._line("[red]✗[/]", f"{data.get('tool')}: {data.get('message')}")

    def _check_finished(self, data: Json) -> None:
        self._findings(data)

    def _notice(self, data: Json) -> None:
        self._line("[yellow]![/]", f"{data.get('substitution')}: {data.get('reason')}")

    def _approval_requested(self, data: Json) -> None:
        cost = data.get("cost_usd")
        dear = f" It costs at most ${cost:.2f}." if isinstance(cost, int | float) and cost else ""
        self._line("[bold yellow]?[/]", f"{data.get('tool')} waits for your yes. {data.get('why')}{dear}")
        for line in str(data.get("what")).splitlines():
            self._line(" ", line, whole=True)

    def _approval_resolved(self, data: Json) -> None:
        said = f": {data['reason']}" if data.get("reason") else ""
        good = data.get("decision") in ("approved", "edited")
        self._line("[green]✓[/]" if good else "[red]✗[/]", f"{data.get('decision')}{said}")

    def ask(self, text: str) -> None:
        """Write something that an answer is typed behind; where nothing else is shown, beside it."""
        console = Console(stderr=True) if self._console.quiet else self._console
        console.print(text, end="", style="bold", markup=False, highlight=False)

    def _render_progress(self, data: Json) -> None:
        if self._task is None:
            self._task = self._bar.add_task("drawing", total=100, speed="")
            self._bar.start()
        fps = data.get("fps")
        speed = f"{fps:.0f} frames/s" if isinstance(fps, int | float) and fps else ""
        percent = data.get("percent")
        done = float(percent) if isinstance(percent, int | float) else 0
        self._bar.update(self._task, completed=done, description=str(data.get("stage")), speed=speed)

    def _render_finished(self, data: Json) -> None:
        self.close()
        good = data.get("status") == "COMPLETED"
        why = f": {data['reason']}" if data.get("reason") else ""
        mark = "[green]✓[/]" if good else "[red]✗[/]"
        self._line(mark, f"render {data.get('status')}{why}", whole=not good)
        self._findings(data)

    def _run_finished(self, data: Json) -> None:
        self.close()
        good = data.get("status") == "succeeded"
        mark = "[bold green]●[/]" if good else "[bold red]●[/]"
        self._line(mark, f"{data.get('status')}: {data.get('reason')}", whole=not good)
        lines = data.get("promise")
        for line in lines if isinstance(lines, list) else []:
            if isinstance(line, dict):
                self._promised(line)
        left = data.get("findings")
        for finding in left if isinstance(left, list) else []:
            if isinstance(finding, dict):
                self._line("  [red]✗[/]", f"left for you: {finding.get('message')}", whole=True)

    def _promised(self, line: Json) -> None:
        """Show one thing that was promised, and what came of it."""
        promised = f"{line.get('what')}: {line.get('promised')}"
        if line.get("kept"):
            self._line("  [green]✓[/]", promised)
        else:
            self._line("  [red]✗[/]", f"{promised}, delivered: {line.get('delivered')}", whole=True)

    def _findings(self, data: Json) -> None:
        found = data.get("findings")
        for finding in found if isinstance(found, list) else []:
            if not isinstance(finding, dict) or (said := str(finding.get("message"))) in self._told:
                continue
            self._told.add(said)
            self._line(f"  {_MARKS.get(str(finding.get('severity')), '·')}", said)
