"""Write every generated page anew."""

from docs.write import generated, stale

outdated = stale()
for path, text in generated().items():
    path.write_text(text, encoding="utf-8")
    print(f"{'written' if path in outdated else 'unchanged'}: docs/{path.name}")
