"""The pages around signing in: each one file of HTML, with nothing to load and no script."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title} · mldebt</title>
<style>
@font-face {{ font-family: Inter; src: url("/fonts/inter-latin.woff2") format("woff2"); font-weight: 100 900; }}
:root {{ color-scheme: light dark; --back: #FFFFFF; --panel: #F3F5F8; --text: #0E1621; --line: #DCE2EA; --link: #0F5E8C;
  --on: #FFFFFF; }}
@media (prefers-color-scheme: dark) {{ :root {{ --back: #10161F; --panel: #1A2330; --text: #E6ECF3; --line: #2C3848;
  --link: #6CC3F5; --on: #0B1420; }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--back); color: var(--text);
  font: 15px/1.5 Inter, system-ui, "Noto Sans KR", sans-serif; }}
main {{ box-sizing: border-box; width: min(26rem, 100vw - 2rem); padding: 1.5rem 1.75rem; background: var(--panel);
  border: 1px solid var(--line); border-radius: 8px; }}
p.name {{ margin: 0; font-weight: 650; }}
h1 {{ margin: .25rem 0 .5rem; font-size: 1.5rem; line-height: 1.25; }}
.go {{ display: inline-block; margin-top: .5rem; padding: .5rem 1rem; border: 0; border-radius: 8px; font: inherit;
  font-weight: 600; background: var(--link); color: var(--on); text-decoration: none; cursor: pointer; }}
.go:focus-visible {{ outline: 3px solid var(--text); outline-offset: 2px; }}
</style>
</head>
<body>
<main>
<p class="name">mldebt</p>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def page(
    title: str, *sentences: str, link: tuple[str, str] | None = None, button: tuple[str, str] | None = None
) -> str:
    """Texts, not HTML. A link asks for its address, a button posts to it."""
    parts = [f"<p>{escape(sentence)}</p>" for sentence in sentences]
    if link is not None:
        parts.append(f'<a class="go" href="{escape(link[0])}">{escape(link[1])}</a>')
    if button is not None:
        action, says = escape(button[0]), escape(button[1])
        parts.append(f'<form method="post" action="{action}"><button class="go">{says}</button></form>')
    return _PAGE.format(title=escape(title), body="\n".join(parts))
