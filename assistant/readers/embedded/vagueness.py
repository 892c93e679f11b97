"""Promises that name nothing which could be checked."""
# ruff: noqa: E501 - a pattern is easier to read on one line

from __future__ import annotations

import re
from collections.abc import Sequence

GOODWILL = re.compile(
    r"\b(?:(?:well |really |so |in good |good )?(?:looked after|taken care of|in (?:good|great|safe) hands)|(?:take|taking) (?:\w+ )?(?:good |great )?care of"
    r"|look(?:ing)? after (?:you|y'all|your)|(?:you'll|you will|you're going to|gonna) (?:be (?:very |really |so )?(?:happy|pleased|fine|delighted|thrilled|okay|ok|good)|love|notice)"
    r"|all over (?:it|this|that)|(?:we'll|we will|we'd|i'll|i'd|to) (?:\w+ )?(?:figure|sort|work) (?:it|that|this|something|things|\w+ )? ?(?:out|through)"
    r"|(?:get|gets|be) (?:worked|sorted|figured) out|figure (?:it|that|something|this) out|work with you|find (?:a|some) way"
    r"|make (?:it|this|that|sure (?:it|this|that|you're)) (?:work|right|happen|successful|a success|go)\w*|do (?:our|my|the) (?:very )?best|best (?:we|i) can"
    r"|not (?:going to|gonna) be (?:a|an) (?:problem|issue|jerk|pain)|won't (?:be (?:a|an) (?:problem|issue)|leave you|let you down)|won't be left"
    r"|(?:pretty|very|real|super|really|fairly) (?:quick|fast|soon|close|flexible|responsive|reasonable)\w*|quick(?:ly)? turn|as soon as (?:we|possible)|asap|soon-?ish|before (?:too )?long"
    r"|bend over backwards?|go(?:ing)? (?:the extra mile|above and beyond)|white[- ]glove|top priority|whatever (?:it takes|you need)|have your back|got your back"
    r"|(?:a )?(?:lot|whole lot|much|way) (?:smarter|better|faster|easier|nicer|smoother)|see what (?:we|i) can do|be (?:reasonable|fair|flexible|generous)|not (?:going to|gonna) be jerks"
    r"|(?:extremely|very|super|really|so|pretty) (?:responsive|flexible|accommodating|helpful|hands[- ]on|easy to work with)|(?:pretty much )?straight away|in no time|before you know it"
    r"|(?:get|gets|getting|come|comes|coming) (?:a)?round to (?:it|that)|front of the (?:queue|line)|first in (?:line|the queue)|(?:dead|super|real|really|pretty) easy|anything you (?:want|need)"
    r"|(?:just|only) (?:shout|holler|yell|give us a shout|say the word)|sort (?:it|that|you|something|\w+) (?:out|for you)|in good shape|no (?:worries|stress|dramas|drama|sweat)|on it like"
    r"|(?:we'll|we will|i'll) (?:\w+ )?(?:make|keep) (?:you|y'all|everybody|everyone|them|your \w+) happy|do right by|see you right|won't be (?:disappointed|sorry|stuck|on your own)|always been good"
    r"|there for you|here for you|partner(?:s)? (?:with you|in this)|stand (?:behind|by) (?:you|it)|hold your hand|special attention|red carpet|rock star|vip"
    r"|down the (?:road|line)|at some point|one way or another|trust (?:me|us)|don't (?:worry|you worry)|leave (?:it|that) (?:to|with) (?:us|me))\b",
    re.I,
)
"""Wordings of goodwill: a promise of which they are the substance cannot be checked."""


_DELIVERS = re.compile(
    r"\b(?:included|free|no charge|in the price|(?:we|i|they)(?:'ll|'d| will| would) (?:build|deliver|set up|train|load|migrate|provide|send|"
    r"give you|add|throw in|ship|connect|host|write|bring|refund|credit|waive|cap|hold)|you(?:'ll|'d) (?:have|get) (?:a|an|the|your|two|three|four|five)\b"
    r"(?! (?:great|good|lot|better|whole)))",
    re.I,
)
"""Words with which something is given after all."""


def is_goodwill(text: str) -> bool:
    """True where the words express goodwill: "you'll be well looked after"."""
    return bool(GOODWILL.search(text.replace("’", "'")))


def delivers(text: str) -> bool:
    """True where something is given: "we'll build", "free"."""
    return bool(_DELIVERS.search(text.replace("’", "'")))


def is_vague(
    sentences: Sequence[str], has_measure: bool, concrete: frozenset[str], aspirational: bool
) -> bool:
    """True when the promise's own words are goodwill and name no number, no date and no deliverable.

    `concrete` are the things the promise's own words name (its concepts that a contract could carry).
    """
    if has_measure:
        return False
    own = " ".join(sentences)
    if is_goodwill(own):
        return aspirational or not delivers(own)
    return aspirational and not concrete
