"""What a run reads of its project between two turns."""

from __future__ import annotations

from pathlib import Path

from agent.hand import Hand
from domain.event import RenderFinished
from domain.run import Usage
from memory.plain import DatabaseMemory
from tests.runs.studio import studio
from tests.stands import OWNER, ordered
from tests.unit.logs import replied


async def test_a_film_that_ends_while_the_model_answers_is_seen_by_the_next_turn(tmp_path: Path) -> None:
    """Its end is read with the answer written behind it: quick films end before they are waited for."""
    async with studio(tmp_path) as made:
        run = await made.ask(await made.project())
        database = made.house.database
        render, _ = await ordered(database, run)
        async with database.transaction(None) as tx:
            job = await tx.jobs.lease(("agent",), "test", 60)
        assert job is not None
        hand = Hand(database, made.house.log, DatabaseMemory(database), run, job)
        before = (await hand.story()).film
        assert before is not None
        assert before.status == "QUEUED"
        async with database.transaction(OWNER) as tx:
            await tx.renders.save(render.model_copy(update={"status": "COMPLETED"}))
            ended = RenderFinished(render_id=render.render_id, purpose="film", status="COMPLETED")
            await tx.events.append(run.project_id, ended, run.run_id)
        await hand.append(replied("A moment.", ("wait_for_job", {})), Usage())
        after = (await hand.story()).film
        assert after is not None
        assert after.status == "COMPLETED"
