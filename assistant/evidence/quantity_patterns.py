"""The patterns by which quantities are read; quantities.py puts them together."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re
from typing import Literal

from assistant.evidence.units import CURRENCY_CODES, CURRENCY_WORDS, UNIT_WORDS

Bound = Literal["exactly", "at_most", "at_least", "about"]

TIME = "|".join(sorted(UNIT_WORDS, key=len, reverse=True))
BEFORE: tuple[tuple[Bound, str], ...] = (
    ("at_most", r"up to|(?:no|not) more than|at most|within(?: the(?: first| next)?)?|inside(?: of)?|under|below"
                r"|less than|(?:no|not) later than|capped at|(?:a )?(?:maximum|max|limit|cap|ceiling)(?: of| is)?"
                r"|(?:to|not|never|doesn't|won't|shall not|may not) exceed(?:ing)?|limited to|in the next|as many as"),
    ("at_least", r"at least|(?:no|not) (?:fewer|less) than|(?:a )?minimum(?: of)?|more than|over|above|upwards? of"
                 r"|(?:a )?min(?: of)?"),
    ("about", r"about|around|roughly|approximately|approx\.?|some|circa|ca\.|nearly|almost|close to|more like|~"),
)  # fmt: skip
AFTER: tuple[tuple[Bound, str], ...] = (
    ("at_most", r"(?:or (?:less|fewer|under|sooner|faster|better)|max(?:imum)?|tops|at (?:the )?(?:most|latest|outside))\b"),
    ("at_least", r"(?:(?:or|and) (?:more|above|higher|up|longer)|plus\b|minimum|at (?:the very )?least)\b|\+"),
    ("about", r"(?:or so|ish|-ish|give or take|more or less)\b"),
)  # fmt: skip
BOUND_BEFORE = [(b, re.compile(rf"(?:{p})\s*(?:an?|the|just|only)?\s*\(?$", re.I)) for b, p in BEFORE]
BOUND_AFTER = [(b, re.compile(rf"\s*,?\s*{p}", re.I)) for b, p in AFTER]
TO = re.compile(r"\s*(?:-|–|—|to|or|and|through)\s*", re.I)
BRACKET = re.compile(r"\s*(?:%|per ?cent|percent)?\s*(?:(?:US|United States )?dollars|euros?|pounds)?\s*\(\s*(?:US)?[$€£]?\s*(?:USD|EUR|GBP)?\s*$", re.I)  # fmt: skip
CURRENCY_BEFORE = re.compile(
    r"(US\$|AU\$|CA\$|NZ\$|HK\$|A\$|C\$|S\$|[$€£¥₹]|\b(?:" + "|".join(CURRENCY_CODES) + r"))\s*$"
)
CURRENCY_AFTER = re.compile(
    r"\s*(€|£|\b(?:" + "|".join([*CURRENCY_CODES, *CURRENCY_WORDS, "US dollars"]) + r")\b)"
    r"|\s*(?:US|United States|Canadian|Australian)\s+(dollars)\b", re.I,
)  # fmt: skip
PERCENT = re.compile(
    r"\s*-?(?:%|percent(?:age)?(?: points?)?\b|per cent\b|pct\b|(?:percentage )points\b)", re.I
)
NINES = re.compile(r"\b(two|three|four|five|six|2|3|4|5)[ -](and a half[ -])?nines?\b(?:[ -](five))?(?:\s+(?:of\b)?)?", re.I)  # fmt: skip
TIME_AFTER = re.compile(
    rf"[\s-]*(?:(?:full|consecutive|straight|whole|more|calendar|elapsed|clock|short|additional|extra|further|solid)\s+)*"
    rf"(?:(business|working|banking|work|office|support|service)[\s-]+)?({TIME})\b'?"
    rf"(?P<half>\s+and\s+a\s+half)?", re.I,
)  # fmt: skip
IN_BUSINESS_HOURS = re.compile(r"\s*,?\s*(?:within|during|in|inside)\s+(?:\w+\s+){0,2}(?:business|working|office|support|service) hours", re.I)  # fmt: skip
ARTICLE_TIME = re.compile(
    rf"\b(?:within|inside(?: of)?|in|under|about|around|for|after|than|takes?|next|first|one full|same)\s+"
    rf"(?P<one>(?:an?|the|one|next|same|first)?\s*(?:full\s+)?(?:(business|working)\s+)?({TIME})(?P<half>\s+and\s+a\s+half)?)\b(?!\s*['’]s)"
    rf"|\b(?P<two>an?\s+(?:(business|working)\s+)?({TIME})(?P<half2>\s+and\s+a\s+half)?)"
    rf"(?=\s+(?:from|after|before|ahead|later|max|tops|or less|or so|notice|turnaround|response))"
    rf"|(?P<three>\b(?:next|same|following)\s+(?:(business|working|banking)\s+)?(day))\b", re.I,
)  # fmt: skip
ROUND_CLOCK = re.compile(r"\b(?:24\s*[/x×-]\s*7(?:\s*[/x×-]\s*365)?|twenty[- ]four[- /]seven|(?:around|round) the clock|24 hours a day)\b", re.I)  # fmt: skip
EVERY = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "annually": "year",
          "yearly": "year", "hourly": "hour"}  # fmt: skip
FREQUENCY = re.compile(
    r"\b(?:(?P<times>once|twice|thrice)\s+(?:in\s+)?(?:a|an|per|each|every)\s+(?:calendar |contract )?(?P<tper>day|week|month|quarter|year|hour)"
    r"|(?P<adverb>daily|weekly|monthly|quarterly|annually|yearly|hourly)"
    r"|(?P<two>bi-?weekly|fortnightly|every (?:other|second|two|2) weeks?)"
    r"|every (?P<other>other )?(?P<each>day|week|month|quarter|hour))\b(?!-)", re.I,
)  # fmt: skip
A_HEAD = re.compile(
    r"\s*(?:/|\ba\b|\ba(?=head an?\b)|\bper\b|\beach\b)\s*(?:head|user|seat|person|employee|agent|licen[cs]e|site|unit)\b", re.I
)
"""What follows a bare price: "thirty-six a head", heard as "36 ahead a month"."""
PER = re.compile(
    rf"\s*,?\s*(?:each\s+)?(?:(?:/|per\b|an?\b|a(?=head an?\b)|each\b|every\b|for (?:each|every)\b)\s*(?:(?:calendar|contract|subscription|named|authori[sz]ed|active|full|single)\s+)*"
    rf"(?P<unit>{TIME}|[a-z]+)\b|(?P<adverb>annually|yearly|monthly|quarterly|weekly|daily|hourly|p\.?a\.?|pupm|pepm)\b)", re.I,
)  # fmt: skip
NOT_COUNTED = re.compile(
    r"(?:(?<![\w'’])(?:sections?|articles?|exhibits?|clauses?|paragraphs?|schedules?|appendix|annex|priority|severity|sev|level|tier|"
    r"phase|type|step|stage|version|release|soc|iso|iec|saml|tls|oauth|edi|suite|page|class|category|part|option|day|week|"
    r"month|year|q|fy|p|s|v|no\.?|number|chapter|rule|form|item|route|windows|office|room|building|floor|unit)[ -]?|#)$", re.I,
)  # fmt: skip
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
DATE_AFTER = re.compile(rf"\s*(?:st|nd|rd|th)?\s*(?:of\s+)?{MONTHS}", re.I)
DATE_BEFORE = re.compile(rf"{MONTHS}\.?\s*(?:\d{{1,2}},?\s*)?(?:the\s+)?$", re.I)
MONEY_CONTEXT = re.compile(
    r"\b(?:price|priced|pricing|cost|costs|fee|fees|licen[cs]e|spend|spending|budget|pay|paying|invoice|quote|quoted|acv|tcv|arr|"
    r"deal|worth|annual|a year|per year|per annum|p\.a\.|total|subscription|contract|come down|list|net)\b", re.I,
)  # fmt: skip
UPTIME_CONTEXT = re.compile(r"\b(?:up-?time|availab\w+|sla|reliab\w+)\b", re.I)
STOP = frozenset(
    "a an the of to for in on at by with from and or but if so that this these those is are was were be been has have had do "
    "does did will shall would can could may might must not no we you they he she it i our your their his her its us them me as "
    "than then per each every into onto over under after before during until till through across between within without "
    "when where which who whose whom what how why because while about out off up down more less most least all any some "
    "there here just only also even still yet too very much many plus max minimum maximum".split()
)
NOT_NOUNS = frozenset(
    "is was has does this thus its as us plus percent news always perhaps besides times yes less unless across towards "
    "goes gets says means needs wants comes makes takes uses access business process status address basis "
    "previous various serious weeks' days' sales series ones others nines costs pays runs lasts starts ends covers".split()
)
ONE_OF = frozenset(
    "seat user licence license environment sandbox portal session workshop site branch location warehouse plant office connector "
    "integration interface report dashboard instance tenant admin administrator day review visit consultant manager engineer "
    "workspace brand language region module credit copy training class course webinar device store facility template workflow "
    "project call account entity subsidiary country line api gb tb".split()
)
