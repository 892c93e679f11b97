"""When two spellings are one person's name, and when two similar names are two people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from rapidfuzz.fuzz import ratio

from extractors.mail.words import word_set

_HONORIFICS = word_set(
    """
    mr mrs ms miss mx dr prof professor sir madam herr frau monsieur madame ing mag dipl
    """
)
_DEGREES = word_set(
    """
    jr sr ii iii iv phd md mba pmp cpa esq cfa cissp pe rn jd dds ma msc bsc
    """
)
_PARTICLES = word_set(
    """
    de da do dos das del della di van von der den ter la le el al bin ibn y e zu zum
    """
)
_SHORT_FORMS = """
    geoffrey geoff jeff; sean shaun shawn;
    alexander alex alec sasha; alexandra alex sandra sasha; andrew andy drew; anthony tony; antonio
    tony; barbara barb; benjamin ben benny; bradley brad; catherine cathy kate katie cat; katherine
    kate kathy katie kat; charles charlie chuck; charlotte charlie; christina chris tina; christine
    chris; christopher chris; daniel dan danny; david dave; deborah deb debbie; dennis denny; donald
    don; douglas doug; edward ed eddie ted; elizabeth liz beth lizzie betsy eliza; emily em; eugene
    gene; francisco paco; franklin frank; frederick fred; gabriel gabe; gerald gerry jerry; gregory
    greg; guillermo memo; henry hank harry; isabella bella izzy; jacob jake; jacqueline jackie;
    james jim jimmy jamie; jeffrey jeff geoff; geoffrey geoff jeff; sean shaun shawn; jennifer jen
    jenny; jessica jess jessie; johannes hans; jonathan jon jonny; john johnny jack; joseph joe
    joey; jose pepe; joshua josh; judith judy; kenneth ken kenny; kimberly kim; lawrence larry;
    leonard len leo; margaret maggie meg peggy; matthew matt; maximilian max; megan meg; michael
    mike mick; michelle shelly; mohammed mo; nathaniel nate nathan; nicholas nick; nicole nikki;
    pamela pam; patricia pat patty trish; patrick pat paddy; peter pete; philip phil; rachel rach;
    raymond ray; rebecca becca becky; richard rick rich dick; robert rob bob bobby robbie; roberto
    beto; ronald ron; russell russ; samantha sam; samuel sam; sebastian seb; stephanie steph;
    stephen steve; steven steve; stuart stu; susan sue; suzanne sue; theodore ted theo; theresa
    terry tess; thomas tom tommy; timothy tim; tobias toby; valerie val; vanessa nessa; victoria
    vicky tori; vincent vince; walter walt; wilhelm willi; william will bill billy liam; zachary
    zach zack; srinivasan srini; krishnan krish; venkataraman venkat; siddharth sid; abhishek abhi
"""
"""Given name, then its short forms."""
_SPELLINGS = """
    ph>f ough>o gh>g ck>k tch>ch sch>sh kn>n wr>r mb>m dg>j ge>je gi>ji gy>jy ce>se ci>si cy>sy
    qu>kw q>k x>ks z>s
"""
"""Letters as written > as heard, in this order."""


@cache
def fold_name(name: str) -> str:
    """Lower case without accents, honorifics, degrees, brackets and punctuation: "Dr. Zoë Á" -> "zoe a"."""
    name = re.sub(r"[(\[][^)\]]*[)\]]|[\"“][^\"”]*[\"”]", " ", name)
    plain = unicodedata.normalize(
        "NFKD", name.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    )
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    family, comma, given = plain.partition(",")
    if comma and given.strip() and given.strip().rstrip(".") not in _DEGREES:
        plain = f"{given} {family}"
    words = re.sub(r"[^\w\s-]", "", plain).replace("-", "").replace("_", " ").split()
    bare = [w for w in words if w not in _HONORIFICS and w not in _DEGREES]
    return " ".join(bare or words)


@cache
def sound(word: str) -> str:
    """A small phonetic key: "jon" and "john", "geoff" and "jeff" have the same."""
    for rule in _SPELLINGS.split():
        spelled, _, heard = rule.partition(">")
        word = word.replace(spelled, heard)
    word = word.replace("c", "k" if "ch" not in word else "c").replace("geo", "jeo")
    first, rest = word[:1], word[1:]
    key = ("a" if first in "aeiouy" else first) + re.sub(r"[aeiouyhw]", "", rest)
    return re.sub(r"(.)\1+", r"\1", key)


def same_given(one: str, other: str) -> bool:
    """Whether two given names (folded) are spellings or short forms of one: "jon"/"john", "tony"/"anthony".

    "maria"/"mario" and "paul"/"paula" are two.
    """
    if one == other or _short_of(one, other):
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    if _other_gender(one, other):
        return False
    return _alike(one, other, 74)


def same_family(one: str, other: str) -> bool:
    """Whether two family names (folded) are spellings of one: "fischer"/"fisher"; initials fit."""
    if one == other:
        return True
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return _alike(one, other, 75) or (min(len(one), len(other)) >= 6 and ratio(one, other) >= 83)


def same_name(one: str, other: str) -> bool:
    """Whether two full names (folded, two words or more each) are likely one person's.

    One of given and family name may be misspelt freely; both only when they are long.
    """
    first, second = _words(one), _words(other)
    if len(first) < 2 or len(second) < 2:
        return False
    if first == second or "".join(first) == "".join(second):
        return True
    given, family = same_given(first[0], second[0]), same_family(first[-1], second[-1])
    if not (given and family):
        return False
    exact = first[0] == second[0] or _short_of(first[0], second[0]) or first[-1] == second[-1]
    return exact or min(len(first[0]), len(second[0]), len(first[-1]), len(second[-1])) >= 5


def likeness(one: str, other: str) -> float:
    """0 to 100, for choosing among several that could be meant."""
    return ratio(one, other)


def as_heard(one: str, other: str) -> bool:
    """Whether a transcriber may have written one full name for the other: "caitrin byrne", "catherine byrne".

    The family name is the same; the given name starts and ends alike. Only for names that are not both
    speakers of one call.
    """
    given, heard = given_name(one), given_name(other)
    if family_name(one) != family_name(other) or len(family_name(one)) < 4 or _other_gender(given, heard):
        return False
    return (
        min(len(given), len(heard)) >= 5
        and given[0] == heard[0]
        and given[-1] == heard[-1]
        and ratio(given, heard) >= 55
    )


def nicknames(name: str) -> list[str]:
    """What a nickname in brackets or quotation marks makes of the name: 'Jane ("Jo") Doe' is "Jo Doe"."""
    found = re.search(r"[(\"“]+([^\W\d_]{2,15})[)\"”]+", name)
    family = name.split()[-1]
    return [f"{found[1]} {family}"] if found and found.end() < len(name) else []


def given_name(folded: str) -> str:
    return folded.split()[0] if folded else ""


def family_name(folded: str) -> str:
    words = folded.split()
    return words[-1] if len(words) > 1 else ""


def local_part_fits(local: str, folded: str) -> bool:
    """Whether the part of an address before the @ is built from that name: "jdoe", "jane.doe", "doej"."""
    words = _words(folded)
    bare = re.sub(r"[^a-z]", "", local.casefold())
    if len(words) < 2 or len(bare) < 3:
        return False
    given, family = words[0], words[-1]
    forms = {given + family, family + given, given[0] + family, family + given[0], given + family[0]}
    return bare in forms


def _words(folded: str) -> list[str]:
    words = folded.split()
    bare = [w for w in words if w not in _PARTICLES]
    return bare if len(bare) > 1 else words


def _alike(one: str, other: str, least: float) -> bool:
    shorter = min(len(one), len(other))
    if shorter <= 4 and _vowels(one) != _vowels(other):
        return False  # Tim and Tom, Chen and Chan, Don and Dean
    if sound(one) == sound(other) and shorter >= 3:
        return ratio(one, other) >= 55
    return shorter >= 5 and one[0] == other[0] and ratio(one, other) >= least + 8


def _vowels(word: str) -> str:
    return re.sub(r"[^aeiou]", "", word.replace("y", "i"))


def _other_gender(one: str, other: str) -> bool:
    """ "mario"/"maria", "paul"/"paula": the ending tells two people apart."""
    a, b = one.rstrip("h"), other.rstrip("h")
    if a == b:
        return False
    if a[:-1] == b[:-1] and {a[-1], b[-1]} <= {"a", "o", "e", "i"} and {a[-1], b[-1]} & {"a", "o"}:
        return True
    return a + "a" == b or b + "a" == a


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    """Short form -> the full names it stands for, and each full name -> itself."""
    table: dict[str, set[str]] = {}
    for row in _SHORT_FORMS.split(";"):
        full, *short = row.split()
        for name in (full, *short):
            table.setdefault(name, set()).add(full)
    return {name: frozenset(fulls) for name, fulls in table.items()}


def _short_of(one: str, other: str) -> bool:
    table = _short_forms()
    return bool(table.get(one, frozenset()) & table.get(other, frozenset()))


def unique(candidates: Iterable[int]) -> int | None:
    """The only candidate, None when there are none or several."""
    found = list(dict.fromkeys(candidates))
    return found[0] if len(found) == 1 else None


NameTest = Callable[[str, str], bool]
"""(folded name of a person, one folded word) -> whether the word may stand for that person."""
SINGLE_NAME_TESTS: tuple[NameTest, ...] = (
    lambda name, word: given_name(name) == word,
    lambda name, word: len(word) > 2 and family_name(name) == word,
    lambda name, word: len(word) > 1 and same_given(given_name(name), word),
    lambda name, word: len(word) > 3 and family_name(name) != "" and same_family(family_name(name), word),
)
"""From the surest to the least; the first that somebody passes decides, and only when one person does."""
