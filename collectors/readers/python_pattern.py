"""Names in text that Python 3 cannot parse: found by pattern, comments and strings taken out first."""

from __future__ import annotations

import re

from collectors.readers.lines import without_comments
from collectors.readers.place_uses import METHODS
from collectors.readers.python_names import LONGEST, Names, import_from

_FROM = re.compile(
    r"^[ \t]*from[ \t]+(\.*[A-Za-z_][\w.]*|\.+)[ \t]+import[ \t]+(\([^)]{0,2000}+\)|[^\n;#]+)", re.MULTILINE
)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([A-Za-z_][^\n;#]*)", re.MULTILINE)
_IMPORTED = re.compile(r"([A-Za-z_][\w.]*|\*)(?:[ \t]+as[ \t]+(\w+))?")
_CLASS = re.compile(r"^[ \t]*class[ \t]+(\w+)[ \t]*\(([^)\n]*)\)", re.MULTILINE)
_USED = re.compile(r"([A-Za-z_][\w.]*+)[ \t]*+\(")
_METHOD = re.compile(rf"\.({'|'.join(sorted(METHODS))})[ \t]*+\(")


def names_by_pattern(text: str) -> Names:
    code = without_comments(text, "Python")
    names = Names()
    for found in _FROM.finditer(code):
        names.froms.setdefault(found[1], set()).update(name for name, _ in _IMPORTED.findall(found[2]))
        if found[1].startswith("."):
            continue
        for name, asname in _IMPORTED.findall(found[2]):
            import_from(found[1], name, asname or None, names)
    for found in _IMPORT.finditer(code):
        for part in found[1].split(","):
            one = _IMPORTED.match(part.strip())
            if one:
                root = one[1].partition(".")[0]
                names.imports.add(one[1])
                names.aliases[one[2] or root] = one[1] if one[2] else root
    for found in _CLASS.finditer(code):
        names.classes[found[1]] = [base.strip() for base in found[2].split(",") if base.strip()]
    names.used.update(name for name in _USED.findall(code) if len(name) <= LONGEST)
    names.methods.update(_METHOD.findall(code))
    return names
