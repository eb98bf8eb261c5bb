"""How a review looks on paper, and on a screen: A4, with the page's number at its foot."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
:lang(ko) { word-break: keep-all; }
:lang(en) { word-break: normal; }
body { margin: 0 auto; max-width: 190mm; padding: 10mm; color: #0E1621; background: #fff;
  font: 13px/1.45 Inter, system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR", "Noto Sans KR",
  sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; -webkit-print-color-adjust: exact;
  print-color-adjust: exact; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.08rem; margin: 22px 0 8px; break-after: avoid; }
p { margin: 4px 0; }
a { color: #0F5E8C; text-decoration: none; }
code, pre { font-family: "JetBrains Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK KR", monospace;
  font-size: 0.86em; }
pre { background: #F3F5F8; border-radius: 6px; padding: 8px 12px; white-space: pre-wrap; break-inside: avoid; }
.muted { color: #5B6776; }
.small { font-size: 0.86em; }
.better { color: #0B4F7D; }
.worse { color: #B04A00; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
th { text-align: left; overflow-wrap: normal; white-space: nowrap; font-weight: 600; font-size: 0.82em; color: #5B6776;
  padding: 4px 10px 4px 0; border-bottom: 1px solid #DCE2EA; vertical-align: bottom; }
td { padding: 6px 10px 6px 0; border-bottom: 1px solid #DCE2EA; vertical-align: top; }
td:last-child, th:last-child { padding-right: 0; }
tr, .card, .bars > *, li { break-inside: avoid; }
tr:has(.long), .card:has(.long) { break-inside: auto; }
.num { text-align: right; white-space: nowrap; }
.keep { white-space: nowrap; }
.who { min-width: 25mm; }
.lead { break-after: avoid; break-inside: avoid; }
.tile { display: inline-flex; align-items: center; justify-content: center; min-width: 30px; height: 30px;
  padding: 0 4px; border-radius: 7px; font-weight: 700; }
.tile.A { background: #0B4F7D; color: #fff; }
.tile.B { background: #3F8DB8; color: #0B1420; }
.tile.C { background: #B58900; color: #0B1420; }
.tile.D { background: #B04A00; color: #fff; }
.tile.E { background: #6E1040; color: #fff; }
.tile.none { border: 1.5px dashed #8A94A1; color: #5B6776; }
.note { border-left: 3px solid #B04A00; background: #F3F5F8; border-radius: 0 8px 8px 0; padding: 8px 14px;
  margin-top: 10px; break-inside: avoid; }
.change.better { color: #0B4F7D; }
.change.worse { color: #B04A00; }
.note ul, .rows { margin: 4px 0 0; padding-left: 18px; }
.card { border: 1px solid #DCE2EA; border-radius: 8px; padding: 8px 14px; margin-top: 8px; }
.line { display: block; border-bottom: 1px solid #5B6776; height: 22px; }
.bars { display: grid; grid-template-columns: 32% 1fr 1fr; gap: 3px 0; align-items: center; margin: 0 0 10px; }
.bars > span { display: flex; align-items: center; gap: 6px; }
.bars .paid { justify-content: flex-end; border-right: 1px solid #5B6776; padding: 1px 0; }
.bars i { display: block; height: 11px; flex: none; background: #B04A00; }
.bars .paid i { background: #0B4F7D; }
.bars b { font-weight: 600; font-size: 0.82em; color: #5B6776; }
.bars > b { padding: 0 6px; }
@page { size: A4; margin: 15mm 14mm 17mm; }
@media print { body { padding: 0; max-width: none; font-size: 9.5pt; } a { color: inherit; } }
@media (max-width: 620px) { body { padding: 14px; }
  table.wide, table.wide tbody, table.wide tr, table.wide td { display: block; width: auto; }
  table.wide thead { display: none; } table.wide tr { border-bottom: 1px solid #DCE2EA; padding: 6px 0; }
  table.wide td { border: 0; padding: 1px 0; text-align: left; } }
"""


def footer(text: str) -> str:
    """A line at the foot of each printed page, with its number."""
    about = 'font: 8.5pt system-ui, "Noto Sans CJK KR", sans-serif; color: #5B6776;'
    return (
        f"@page {{ @bottom-left {{ content: {_string(text)}; {about} }} "
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {about} }} }}'
    )


def _string(text: str) -> str:
    """A CSS string in which only letters and digits stand for themselves: nothing ends it, or the style around it.

    Source: CSS Syntax Module Level 3, 4.3.7 (escapes).
    """
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'
