"""The dashboard's tables and plot as HTML, each figure with its n."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.desk import Report
from assistant.protocol.measures import Measure
from assistant.protocol.quality_review import QualityReview
from assistant.protocol.reports import Habit, Line, Outcome
from assistant.protocol.template import load_template
from assistant.rules import RULES
from assistant.screens.markup import empty, safe, table, tag, text
from assistant.screens.plot import Series, line_plot
from assistant.screens.texts import reports as texts

MONTHS = 4
"""Of a group's trend that are shown."""
RULE_NAMES = {rule.id: rule.id.replace("-", " ") for rule in RULES} | dict(texts.REJECTIONS)


def gap_name(id: str) -> str:
    """ "missing field: Training"; a gap of one rule by the rule's name."""
    rule, _, subject = id.partition(":")
    labels = {row.path: row.label for row in load_template().field}
    name = labels.get(subject) or subject.replace("_", " ")
    return f"{RULE_NAMES.get(rule, rule)}: {name}" if subject else RULE_NAMES.get(rule, rule)


def glance(report: Report) -> str:
    """The figures of the period."""
    if not report.n:
        return empty(texts.NO_HANDOFF, texts.NO_HANDOFF_TODO)
    rows = [(text(m.label), tag("strong", text(shown(m))), text(_certainty(m))) for m in report.measures]
    head = tag("h3", text(f"{texts.AT_A_GLANCE}: {report.n} {texts.HANDOFFS.lower()}"))
    return safe(head + table((texts.FIGURES, "", ""), rows, texts.AT_A_GLANCE))


def shown(measure: Measure) -> str:
    """ "83.3 %"; "not known" where no handoff tells."""
    if measure.value is None:
        return texts.UNKNOWN
    return texts.UNITS[measure.unit].format(value=measure.value)


def _certainty(measure: Measure) -> str:
    if measure.value is None:
        return ""
    many = texts.OF_N.format(n=measure.n)
    if measure.low is None:
        return many
    return f"{many}, {texts.INTERVAL.format(low=measure.low, high=measure.high)}"


def review(page: QualityReview) -> str:
    """The quality review of a month or a quarter: beside the period before, and whom to talk about."""
    rows = [(text(m.label), _beside(m), _beside(b)) for m, b in zip(page.measures, page.before, strict=True)]
    title = texts.REVIEW.format(period=page.period)
    now, before = f"{texts.NOW} (n = {page.n})", f"{texts.BEFORE} (n = {page.n_before})"
    lists = {texts.SUBSTANDARD: page.substandard, texts.ESCALATED: page.escalated, texts.LATE: page.late}
    told = "".join(
        tag("p", f"{tag('strong', text(label))}: {text(', '.join(ids) or texts.NONE)}")
        for label, ids in lists.items()
    )
    return safe(tag("h3", text(title)) + table((texts.FIGURES, now, before), rows, title) + told)


def _beside(measure: Measure) -> str:
    certain = tag("small", text(f" {_certainty(measure)}")) if measure.value is not None else ""
    return text(shown(measure)) + certain


def trend(report: Report) -> str:
    """The score and the meetings in time, month by month."""
    months = [line for line in report.trend if line.group[:2].isdigit()]
    if len(months) < 2:
        return ""
    series = (
        Series(texts.SCORE_LINE, _values(months, "score"), "one"),
        Series(texts.IN_TIME_LINE, _values(months, "in_time"), "two"),
    )
    keys = "".join(tag("span", text(f"{'◯' if s.tone == 'one' else '●'} {s.label} "), class_=f"key {s.tone}")
                   for s in series)  # fmt: skip
    plot = line_plot([line.group for line in months], series, texts.TREND)
    return safe(tag("h3", text(texts.TREND)) + tag("p", keys)) + plot


def _values(months: Iterable[Line], id: str) -> list[float | None]:
    return [next((m.value for m in line.measures if m.id == id), None) for line in months]


def groups(report: Report) -> str:
    """A line a group; people on few handoffs stand together, unnamed."""
    by = texts.BY[report.by]
    header = (by, texts.N, *(m.label for m in report.measures), texts.TREND_OF)
    rows = [(text(_group(line)), text(str(line.n)), *_cells(line, len(report.measures)), text(_trend(line)))
            for line in report.lines]  # fmt: skip
    title = texts.BY_GROUP.format(by=by)
    return safe(tag("h3", text(title)) + table(header, rows, title)) if rows else ""


def _trend(line: Line) -> str:
    return texts.THEN.join(texts.POINT.format(point=point) for point in line.trend[-MONTHS:])


def _group(line: Line) -> str:
    return texts.PEOPLE_WITH.format(group=line.group, people=line.people) if line.people else line.group


def _cells(line: Line, many: int) -> list[str]:
    if not line.measures:
        return [text(texts.HELD_BACK)] * many
    return [
        text(shown(m)) + (tag("small", text(f" {texts.OF_N.format(n=m.n)}")) if m.value is not None else "")
        for m in line.measures
    ]


def lessons(report: Report, fewest: int) -> str:
    """Gaps, habits, what was experienced, why customers left."""
    return safe(_gaps(report) + _habits(report, fewest) + _outcomes(report) + _churn(report))


def _gaps(report: Report) -> str:
    rows = [(text(gap_name(g.id)), text(f"{g.n} of {g.of}")) for g in report.gaps]
    return _part(texts.GAPS, (texts.GAP, texts.HOW_MANY), rows, texts.NO_GAP)


def _habits(report: Report, fewest: int) -> str:
    rows = [(text(h.label), text(_side(h.score_with, h.n_with)), text(_side(h.score_without, h.n_without))
             + text(_satisfied(h))) for h in report.habits]  # fmt: skip
    header = (texts.HABIT, texts.WITH, texts.WITHOUT)
    return _part(texts.HABITS, header, rows, texts.NO_HABIT.format(fewest=fewest))


def _side(score: float, n: int) -> str:
    return texts.SCORE_OF.format(score=score, n=n)


def _satisfied(habit: Habit) -> str:
    if habit.satisfaction_with is None or habit.satisfaction_without is None:
        return ""
    return texts.SATISFIED.format(with_=habit.satisfaction_with, without=habit.satisfaction_without)


def _outcomes(report: Report) -> str:
    rows = [(text(texts.BANDS[o.band]), text(str(o.n)), text(_satisfaction(o)), text(str(o.churned)),
             text(_met(o))) for o in report.outcomes]  # fmt: skip
    header = (texts.BAND, texts.HANDOFFS, texts.SATISFACTION, texts.CHURNED, texts.SURPRISES)
    return _part(texts.OUTCOMES, header, rows, texts.NOTHING_TOLD)


def _satisfaction(outcome: Outcome) -> str:
    if outcome.satisfaction is None:
        return texts.UNKNOWN
    return f"{outcome.satisfaction:g} ({texts.OF_N.format(n=outcome.n_satisfaction)})"


def _met(outcome: Outcome) -> str:
    met = (f"{n} {texts.SURPRISE_KINDS[kind]}" for kind, n in outcome.surprises.items())
    return ", ".join(met) or texts.NONE


def _churn(report: Report) -> str:
    rows = [
        (text(c.reason), text(str(c.n)), text("" if c.score is None else f"{c.score:g}"),
         text(", ".join(gap_name(g) for g in c.gaps)))
        for c in report.churn
    ]  # fmt: skip
    header = (texts.REASON, texts.HANDOFFS, texts.SCORE, texts.GAPS_THEN)
    return _part(texts.CHURN, header, rows, texts.NO_CHURN)


def _part(title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]], none: str) -> str:
    return tag("h3", text(title)) + (table(header, rows, title) if rows else tag("p", text(none)))
