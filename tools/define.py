"""What a tool is: two small models, one function, and what it may do to the world."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, JsonValue, create_model

from domain.account import Scope
from domain.model import ToolSpec
from tools.context import Parked, Services, ToolContext
from tools.schema import flat


class Args(BaseModel):
    """What a tool is asked with; field docstrings are what the model reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Result(BaseModel):
    """What a tool answers; pictures, findings and the revision stand beside it, not in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    summary: str
    """What came of it, in a sentence or two."""


class Effects(BaseModel):
    """What a call may do to the world."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    writes: bool = False
    """Changes something that stays."""
    destroys: bool = False
    """Takes something away; a person is asked only where restore_version cannot bring it back."""
    repeatable: bool = True
    """The same call twice is the same as once."""
    parallel: bool = False
    """May run beside other calls of the same answer."""
    spends: bool = False
    """Costs money outside."""
    publishes: bool = False
    """Shows something to the world outside."""
    lasting: bool = False
    """Takes away what restore_version cannot bring back."""
    plans: bool = False
    """Shows a person what is going to be made."""

    @property
    def asks(self) -> bool:
        """Whether a person has to agree before the call is made."""
        return self.spends or self.publishes or self.lasting or self.plans


class Terms(BaseModel):
    """What a person is asked to agree to."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    what: str
    """What would be done, in the user's words."""
    cost_usd: float = 0
    """What it would cost at most, US dollars."""


READS = Effects(parallel=True)
"""Looks, and changes nothing."""
EDITS = Effects(writes=True, repeatable=False)
"""Makes a revision."""

Needs = Literal["project", "makes", "nothing"]
"""A call needs a project, makes one when there is none, or has to do with none."""
Occasion = Literal["plan", "packages"]
"""What has to be wanted before some tools are of use: a run's user wants to see the plan before work begins,
or the operator lets films use packages."""
Run = Callable[[ToolContext, Any], Awaitable[Result | Parked]]
Veil = Callable[[Mapping[str, JsonValue]], dict[str, JsonValue]]
Given = TypeVar("Given", bound=Args)

_PROJECT_HELP = "Id of the project."
_MAKES_HELP = "Id of the project to fill; a new one is made unless said."


@dataclass(frozen=True)
class Tool:
    """A tool as data: what every reader of it needs."""

    name: str
    description: str
    args: type[Args]
    result: type[Result]
    effects: Effects
    example: Args
    run: Run
    needs: Needs = "project"
    scope: Scope = "read"
    terms: Callable[[Services, Any], Terms] | None = None
    """What a person is shown of a call; its arguments unless said. Raises ToolError for no way to do it."""
    offered: Occasion | None = None
    """When it stands in the list that a model chooses from; always unless said. It can be called anyway."""
    veil: Veil | None = None
    """Leaves out of a call's arguments what may not even be written down; all is, unless said."""

    @cached_property
    def outer_args(self) -> type[Args]:
        """The arguments as doors take them: with `project_id`, which a run binds by itself."""
        if self.needs == "nothing":
            return self.args
        makes = self.needs == "makes"
        field = Field(default=None, description=_MAKES_HELP if makes else _PROJECT_HELP)
        extended: type[Args] = create_model(
            self.args.__name__, __base__=self.args, __doc__=self.args.__doc__, project_id=(str | None, field)
        )
        return extended

    @cached_property
    def args_schema(self) -> dict[str, JsonValue]:
        """The arguments as a model in a run reads them."""
        return flat(self.args)

    @cached_property
    def outer_schema(self) -> dict[str, JsonValue]:
        """The arguments as clients outside a run read them."""
        return flat(self.outer_args)

    @cached_property
    def result_schema(self) -> dict[str, JsonValue]:
        """The answer's fields."""
        return flat(self.result)

    @cached_property
    def hash(self) -> str:
        """Which version of the tool this is."""
        words = [self.name, self.description, self.args_schema, self.result_schema]
        return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()

    def spec(self, *, bound: bool = True) -> ToolSpec:
        """The tool as a model is told of it; `bound` leaves the project out, for a run knows it."""
        return ToolSpec(
            name=self.name,
            description=self.description,
            args_schema=self.args_schema if bound else self.outer_schema,
            result_schema=self.result_schema,
        )


def tool(
    *,
    effects: Effects,
    example: Given,
    needs: Needs = "project",
    scope: Scope | None = None,
    terms: Callable[[Services, Given], Terms] | None = None,
    offered: Occasion | None = None,
    veil: Veil | None = None,
) -> Callable[[Callable[[ToolContext, Given], Awaitable[Result | Parked]]], Tool]:
    """Make a tool of an async function; its name, docstring, example and answer say the rest.

    `scope` is what a caller must be allowed: `spend` for what costs money, `write` for what writes and `read`
    for the rest, unless said. `terms` says what a person is asked to agree to, where one is asked, and raises
    ToolError where the call cannot be made, so that nobody is asked in vain. `offered` says when the tool is
    of any use, so that nobody else has to read of it. `veil` leaves secrets out before a call is journaled.
    """

    def made(function: Callable[[ToolContext, Given], Awaitable[Result | Parked]]) -> Tool:
        answer = get_type_hints(function)["return"]
        answers = [each for each in (get_args(answer) or (answer,)) if each is not Parked]
        return Tool(
            name=function.__name__,
            description=inspect.getdoc(function) or "",
            args=type(example),
            result=answers[0],
            effects=effects,
            example=example,
            run=function,
            needs=needs,
            scope=scope or ("spend" if effects.spends else "write" if effects.writes else "read"),
            terms=terms,
            offered=offered,
            veil=veil,
        )

    return made


def offered(tools: Iterable[Tool], occasions: Collection[str] = ()) -> list[Tool]:
    """Pick the tools that a model is told of on these occasions."""
    return [tool for tool in tools if tool.offered is None or tool.offered in occasions]
