"""Checks of a film's source."""

from domain.checks.check import HYPERFRAMES, check

SOURCE = (
    check("source", "film_missing", "error", "There is a film.py or film.json."),
    check("source", "syntax", "error", "Every line of source can be parsed."),
    check("source", "import", "error", "Only stage, own modules and the standard library are imported."),
    check("source", "name", "error", "Every name that is used exists."),
    check("source", "attribute", "error", "Every property, option and method that is used exists."),
    check("source", "argument", "error", "Calls fit what they call."),
    check("source", "value_wrong", "error", "Values are of the kind and within the range of their property."),
    check("source", "recursion", "error", "The source comes to an end."),
    check("source", "exit", "error", "The source does not leave or wait for input."),
    check("source", "exception", "error", "The source raises nothing."),
    check("source", "schema", "error", "The compiled film fits the published schema."),
    check("source", "not_determined", "error", "Compiled twice, the source gives the same film."),
    check("source", "placeholder_text", "error",
          "No text is a stand-in: lorem ipsum, {{name}}, Your text here.", HYPERFRAMES),
    check("source", "asset_missing", "error", "Every file that is shown or played is in the project."),
    check("source", "asset_broken", "error", "Every file that is shown or played can be read."),
    check("source", "font_substituted", "warning", "Every font that is named is there."),
)  # fmt: skip
