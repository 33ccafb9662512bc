"""The numbers that Word writes before paragraphs and does not store in them: from numbering.xml.

Follows ECMA-376 part 1, 17.9: a paragraph names a numbering instance and a level, directly or by its style;
the instance names an abstract definition, whose levels say where to begin, how to write a number and in what
pattern. Instances of one definition count on together, unless they override where to begin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from attrs import field, frozen

from guiju.texts import numerals
from guiju.texts.word.elements import Element, attribute, number, path, switched_on

_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def _roman(value: int) -> str:
    written = ""
    for amount, sign in _ROMAN:
        written += sign * (value // amount)
        value %= amount
    return written


def _letters(value: int) -> str:
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _chinese(value: int) -> str:
    return numerals.chinese(value) if value <= 9999 else str(value)


def _financial(value: int) -> str:
    plain = _chinese(value)
    changed = str.maketrans("一二三四五六七八九十百千", _LEGAL[1:] + "拾佰仟")
    return plain.translate(changed)


def _circled(value: int) -> str:
    return numerals.CIRCLED[value - 1] if value <= len(numerals.CIRCLED) else str(value)


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": str,
    "decimalHalfWidth": str,
    "decimalFullWidth2": str,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese,
    "japaneseDigitalTenThousand": _chinese,
    "taiwaneseDigital": _chinese,
    "chineseLegalSimplified": _financial,
    "ideographLegalTraditional": _financial,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
}
#: Formats that write no number.
_SILENT: Final = frozenset(("bullet", "none"))
_SUFFIXES: Final = {"space": " ", "nothing": ""}


@frozen
class Level:
    """How one level of a definition is written; ``restart`` is the level after which it begins again."""

    start: int
    format: str
    pattern: str
    suffix: str
    restart: int | None
    decimals: bool  # all numbers of the pattern as decimals, whatever their levels say
    style: str | None


@frozen
class Instance:
    definition: str
    starts: Mapping[int, int]  # overridden, by level
    levels: Mapping[int, Level]


@frozen
class Numbering:
    """The definitions of a document."""

    instances: Mapping[str, Instance]
    of_style: Mapping[str, tuple[str, int]]  # instance and level

    def position(self, paragraph: Element) -> tuple[str, int] | None:
        """The instance and level of ``paragraph``; None when Word writes no number before it."""
        properties = paragraph.find(path("pPr"))
        if properties is None:
            return None
        style = attribute(properties.find(path("pStyle")))
        inherited = self.of_style.get(style) if style is not None else None
        own = properties.find(path("numPr"))
        if own is None:
            found = inherited
        else:
            instance = attribute(own.find(path("numId"))) or (inherited[0] if inherited else "0")
            level = number(own.find(path("ilvl")))
            found = instance, level if level is not None else inherited[1] if inherited else 0
        return None if found is None or found[0] == "0" else found


def numbering(part: Element | None, styles: Element | None) -> Numbering:
    """The definitions in numbering.xml and styles.xml, either of which may be missing."""
    if part is None:
        return Numbering({}, _of_styles(styles, {}))
    by_style = {
        style_id: attribute(style.find(path("pPr", "numPr", "numId")))
        for style in (styles.findall(path("style")) if styles is not None else ())
        if (style_id := attribute(style, "styleId")) is not None
    }
    instance_of = {
        attribute(n, "numId"): attribute(n.find(path("abstractNumId"))) for n in part.findall(path("num"))
    }
    definitions: dict[str, Mapping[int, Level]] = {}
    linked: dict[str, str] = {}
    for abstract in part.findall(path("abstractNum")):
        name = attribute(abstract, "abstractNumId") or ""
        definitions[name] = _levels(abstract)
        link = attribute(abstract.find(path("numStyleLink")))
        target = instance_of.get(by_style.get(link)) if link is not None else None
        if target is not None:
            linked[name] = target
    instances = {}
    for each in part.findall(path("num")):
        name = attribute(each.find(path("abstractNumId"))) or ""
        levels = dict(definitions.get(linked.get(name, name), {}))
        starts = {}
        for override in each.findall(path("lvlOverride")):
            at = number(override, "ilvl") or 0
            start = number(override.find(path("startOverride")))
            if start is not None:
                starts[at] = start
            whole = override.find(path("lvl"))
            if whole is not None:
                levels[at] = _level(whole)
        instances[attribute(each, "numId") or ""] = Instance(linked.get(name, name), starts, levels)
    return Numbering(instances, _of_styles(styles, instances))


def _levels(abstract: Element) -> Mapping[int, Level]:
    return {number(level, "ilvl") or 0: _level(level) for level in abstract.findall(path("lvl"))}


def _level(level: Element) -> Level:
    start = number(level.find(path("start")))
    return Level(
        1 if start is None else start,
        attribute(level.find(path("numFmt"))) or "decimal",
        attribute(level.find(path("lvlText"))) or "",
        _SUFFIXES.get(attribute(level.find(path("suff"))) or "tab", "\t"),
        number(level.find(path("lvlRestart"))),
        switched_on(level.find(path("isLgl"))),
        attribute(level.find(path("pStyle"))),
    )


def _of_styles(styles: Element | None, instances: Mapping[str, Instance]) -> Mapping[str, tuple[str, int]]:
    """Where each style puts its paragraphs, by itself or by what it is based on."""
    if styles is None:
        return {}
    by_id = {attribute(style, "styleId"): style for style in styles.findall(path("style"))}
    found: dict[str, tuple[str, int]] = {}
    for style_id in by_id:
        at, seen = style_id, set[str | None]()
        while style_id is not None and at in by_id and at not in seen:
            seen.add(at)
            properties = by_id[at].find(path("pPr", "numPr"))
            instance = attribute(properties.find(path("numId"))) if properties is not None else None
            if properties is not None and instance is not None:
                level = number(properties.find(path("ilvl")))
                if level is None:
                    known = instances[instance].levels if instance in instances else {}
                    level = next((n for n, lvl in known.items() if lvl.style == at), 0)
                found[style_id] = (instance, level)
                break
            at = attribute(by_id[at].find(path("basedOn")))
    return found


@frozen
class Label:
    """What Word writes before a paragraph; ``sure`` is False where its definition is missing or unknown."""

    text: str
    sure: bool = True


@frozen
class Counters:
    """Counts through one document; the only thing here that changes."""

    numbering: Numbering
    _counts: dict[str, dict[int, int]] = field(factory=dict)
    _seen: set[tuple[str, int]] = field(factory=set)

    def next(self, instance_id: str, level: int) -> Label:
        """The label of the next paragraph at ``level`` of an instance."""
        instance = self.numbering.instances.get(instance_id)
        form = instance.levels.get(level) if instance is not None else None
        if instance is None or form is None:
            return Label("", sure=False)
        counts = self._counts.setdefault(instance.definition, {})
        if (instance_id, level) not in self._seen and level in instance.starts:
            counts.pop(level, None)
        self._seen.add((instance_id, level))
        for upper in range(level):
            if upper in instance.levels:
                counts.setdefault(upper, self._start(instance, upper))
        counts[level] = counts[level] + 1 if level in counts else self._start(instance, level)
        for deeper in [n for n in counts if n > level]:
            restart = instance.levels[deeper].restart if deeper in instance.levels else None
            if restart is None or level < restart:
                del counts[deeper]
        return _written(instance, form, counts)

    @staticmethod
    def _start(instance: Instance, level: int) -> int:
        return instance.starts.get(level, instance.levels[level].start)


def _written(instance: Instance, form: Level, counts: Mapping[int, int]) -> Label:
    if form.format in _SILENT:
        return Label("")
    text, sure = form.pattern, True
    for at in range(9):
        if f"%{at + 1}" not in text:
            continue
        level = instance.levels.get(at)
        kind = "decimal" if form.decimals or level is None else level.format
        value = max(counts.get(at, 1), 0)
        write = _FORMATS.get(kind, str)
        sure = sure and (kind in _FORMATS or kind in _SILENT)
        text = text.replace(f"%{at + 1}", "" if kind in _SILENT else write(value) if value else "0")
    return Label(text + form.suffix if text else "", sure)
