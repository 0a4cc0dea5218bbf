"""Checks of a film's source."""

from domain.checks.check import HYPERFRAMES, STAGE, check

SOURCE = (
    check("source", "film_missing", "error", "There is a film.py or film.json.", STAGE),
    check("source", "syntax", "error", "Every line of source can be parsed.", STAGE),
    check("source", "import", "error", "Only stage, own modules and the standard library are imported.",
          STAGE),
    check("source", "name", "error", "Every name that is used exists.", STAGE),
    check("source", "attribute", "error", "Every property, option and method that is used exists.", STAGE),
    check("source", "argument", "error", "Calls fit what they call.", STAGE),
    check("source", "value_wrong", "error", "Values are of the kind and within the range of their property.",
          STAGE),
    check("source", "recursion", "error", "The source comes to an end.", STAGE),
    check("source", "exit", "error", "The source does not leave or wait for input.", STAGE),
    check("source", "exception", "error", "The source raises nothing.", STAGE),
    check("source", "schema", "error", "The compiled film fits the published schema.", STAGE),
    check("source", "not_determined", "error", "Compiled twice, the source gives the same film.", STAGE),
    check("source", "placeholder_text", "error",
          "No text is a stand-in: lorem ipsum, {{name}}, Your text here.", HYPERFRAMES),
    check("source", "asset_missing", "error", "Every file that is shown or played is in the project.", STAGE),
    check("source", "asset_broken", "error", "Every file that is shown or played can be read.", STAGE),
    check("source", "font_substituted", "warning", "Every font that is named is there.", STAGE),
)  # fmt: skip
