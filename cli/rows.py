"""Rows of data, each of which makes one film: a CSV file with a header, or a JSON list of objects."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from domain.errors import UserError

MOST_ROWS = 1_000
LARGEST = 20_000_000
NAMING = ("file", "name", "id", "slug")
"""Columns that films are named by, the first one that there is."""
Row = dict[str, object]


def read_rows(path: Path) -> list[Row]:
    """Read a file of rows; raises UserError that names the line."""
    if not path.is_file():
        raise UserError("no_such_file", f"--data is {str(path)!r}, which is no file")
    if path.stat().st_size > LARGEST:
        raise UserError("data_large", f"{str(path)!r} is larger than {LARGEST // 1_000_000} MB; split it")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "data_wrong", f"{path.name} is no UTF-8 text at byte {error.start}; save it as UTF-8"
        ) from None
    rows = _objects(path.name, text) if path.suffix.lower() == ".json" else _table(path.name, text)
    if not rows:
        raise UserError("data_empty", f"{path.name} has no rows; give a header and at least one row")
    if len(rows) > MOST_ROWS:
        raise UserError(
            "data_large", f"{path.name} has {len(rows):,} rows; at most {MOST_ROWS:,}, so split it"
        )
    return rows


def _objects(name: str, text: str) -> list[Row]:
    try:
        said: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError("data_wrong", f"{name} is no JSON: {error}") from None
    items = cast(list[object], said) if isinstance(said, list) else []
    if not isinstance(said, list) or not all(isinstance(item, dict) for item in items):
        raise UserError("data_wrong", f'{name} holds no list of objects; write [{{"headline": "…"}}, …]')
    return [{str(key): value for key, value in cast(Mapping[object, object], item).items()} for item in items]


def _table(name: str, text: str) -> list[Row]:
    head = text.partition("\n")[0]
    between = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    columns: list[str] = []
    rows: list[Row] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _header(name, cells)
                continue
            if len(cells) > len(columns):
                raise UserError(
                    "data_wrong",
                    f"{name}, line {reader.line_num}: {len(cells)} cells, but {len(columns)} columns; "
                    "put texts with a comma into quotes",
                )
            rows.append({column: cell.strip() for column, cell in zip(columns, cells, strict=False)})
    except csv.Error as error:
        raise UserError("data_wrong", f"{name}, line {reader.line_num}: {error}") from None
    return rows


def _header(name: str, cells: Sequence[str]) -> list[str]:
    columns = [cell.strip() for cell in cells]
    odd = next((column for column in columns if not column or columns.count(column) > 1), None)
    if odd is not None:
        what = f"names {odd!r} twice" if odd else "has a column without a name"
        raise UserError("data_wrong", f"the header of {name} {what}; name every column once")
    return columns


def film_names(rows: Sequence[Row]) -> list[str]:
    """Name each row's film by its naming column, or by its number; no name comes twice."""
    column = next((name for name in NAMING if name in rows[0]), None)
    digits = len(str(len(rows)))
    found: list[str] = []
    for number, row in enumerate(rows, 1):
        name = _safe(str(row.get(column) or "")) if column else ""
        name = name or f"{number:0{digits}d}"
        found.append(f"{name}-{number}" if name in found else name)
    return found


def _safe(text: str) -> str:
    """Make a file's name of a text: letters and digits of any script stay."""
    plain = unicodedata.normalize("NFC", text).strip().lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_")[:80]
