"""Every English word of the screens, in one file."""

from __future__ import annotations

from assistant.packet import (
    Category,
    MandatoryCategory,
    RejectionCode,
    Relation,
    Severity,
    Side,
    Status,
    Verdict,
)

PRODUCT = "Handoff"
DEMO_BANNER = "Demo: example deals on this machine only. Anybody who can open this page may do anything."
NO_DEAL = "No deal is open"
NO_DEAL_TODO = "Choose one under Deals, or start one under Upload."
NO_PACKET = "This deal has no packet yet"
NO_PACKET_TODO = "Add its files under Upload, then press Draft the packet."
SHOW_IN_SOURCE = "Show in the source"
NEAR = "wording approximate"
VERDICTS: dict[Verdict, str] = {
    "contradicted": "Contradicted", "not_in_contract": "Not in contract", "vague": "Vague",
    "withdrawn": "Withdrawn", "covered": "Covered",
}  # fmt: skip
RELATIONS: dict[Relation, str] = {
    "exceeds_contract": "more was promised than the contract gives",
    "below_contract": "less was said than the contract gives", "excluded": "the contract excludes it",
    "different": "the contract says something else",
}  # fmt: skip
SEVERITIES: dict[Severity, str] = {"blocker": "Blocker", "major": "Major", "minor": "Minor"}
STATUSES: dict[Status, str] = {
    "draft": "Draft", "submitted": "Submitted to CS", "accepted": "Accepted", "rejected": "Rejected",
    "needs_revision": "Needs revision",
}  # fmt: skip
SIDES: dict[Side, str] = {"vendor": "Vendor", "customer": "Customer"}
REJECTION_CODES: dict[RejectionCode, str] = {
    "major_gap": "Major gap", "undocumented_commitment": "Undocumented commitment",
    "stakeholders_incomplete": "Stakeholders incomplete",
    "technical_requirements_unclear": "Technical requirements unclear", "other": "Other",
}  # fmt: skip
CATEGORIES: dict[MandatoryCategory | str, str] = {
    "customer_context": "Customer context", "stakeholders": "Stakeholders",
    "business_objectives": "Business objectives", "scope_and_commitments": "Scope and commitments",
    "technical_requirements": "Technical requirements",
    "implementation_planning": "Implementation planning", "risk_factors": "Risk factors",
    "commercial": "Commercial", "readiness": "Readiness", "documentation": "Documentation",
}  # fmt: skip
ASKS = {
    "ae": "AE", "se": "SE", "csm": "CSM", "cs_manager": "CS manager", "legal": "Legal",
    "finance": "Finance", "customer": "Customer", "ops": "Operations",
    "outgoing_owner": "Outgoing owner", "incoming_owner": "Incoming owner",
}  # fmt: skip
FIELD_STATES = {
    "stated": ("✓", "Stated", "covered"), "conflicting": ("≠", "Sources disagree", "contradicted"),
    "not_stated": ("∅", "Not stated", "not-in-contract"),
    "not_applicable": ("–", "Not applicable", "muted"),
}  # fmt: skip
PROMISE_CATEGORIES: tuple[Category, ...] = (
    "timeline", "feature", "integration", "customization", "service", "training", "support", "pricing",
    "security", "data", "roadmap", "resource", "other",
)  # fmt: skip
DEALS, UPLOAD, PACKET, PROMISES, GAPS, DECISION, VERSIONS, DOWNLOAD = (
    "Deals", "Upload", "Packet", "Promises", "Gaps", "Decision", "Versions", "Download",
)  # fmt: skip
ROLE, NAME, TITLE, OWNER, DUE, REASON, NOTE, STATUS, SEARCH, SOURCE = (
    "Role", "Name", "Title", "Owner", "Due", "Reason", "Note", "Status", "Search", "Source",
)  # fmt: skip
BEFORE, AFTER, WHAT, WHO, WHY, ABOUT, DATE, FILE = (
    "Before", "After", "What", "Who", "Why", "About", "Date", "File",
)  # fmt: skip
SMB, MID_MARKET, ENTERPRISE, STRATEGIC, NOT_SET = (
    "SMB", "Mid-market", "Enterprise", "Strategic", "Not set",
)  # fmt: skip
KIND, SEGMENT, CURRENCY, USD, SPEAKER, CUSTOMER = (
    "Kind", "Segment", "Currency", "USD", "Speaker", "Customer",
)  # fmt: skip
ANSWER, WAIVED, ASKED, ASK, QUESTION, CATEGORY = (
    "Answer", "Waived", "Asked", "Ask", "Question", "Category",
)  # fmt: skip
SAID, CONTRACT, VERDICT, ASSIGN, WHOSE = "Said", "Contract", "Verdict", "Assign", "Whose"
NO_DEALS = "No deal to show"
NO_DEALS_TODO = "Start one under Upload, or take a filter away."
UNNAMED = "Unnamed customer"
SIGNED_OUT = "You are signed out. Open the page again and sign in; nothing was changed."
NOT_DONE = "Not done"
SELECT_FIRST = "Select words in the source first: mark them with the mouse, then press the button again."
CHOOSE_PROMISE = "Choose a promise on the left: click it, or move with the arrow keys and press Enter."
CHOOSE_FIELD = (
    "Choose a line of the summary on the left: click it, or move with the arrow keys and press Enter."
)  # fmt: skip
CHOOSE_GAP = "Choose a finding on the left: click it, or move with the arrow keys and press Enter."
A_PROMISE = "A chosen promise"
A_FIELD = "A chosen line"
A_GAP = "A chosen finding"
NOTHING_TO_WAIVE = "No open finding hangs on this: there is nothing to waive."
ADD_PROMISE = (
    "Open the source above, select the words with the mouse, then add them. The contract is searched at once."
)  # fmt: skip
SIGN_OUT_FORM = (
    '<form method="post" action="/sign-out"><button type="submit" class="evidence">Sign out</button></form>'
)  # fmt: skip
A_DEAL = "An open deal"
MISFIT = "No longer fits and was set aside: {action} of {subject}"
NOT_SCORED = "not scored"
ONE_VERSION_SO_FAR = "There is one version so far"
ONE_VERSION_TODO = "Each decision makes the next one; then the two stand here side by side."
NEVER_SENT_BACK = "CS has not sent this packet back"
NEVER_SENT_BACK_TODO = "When it does, what has changed since stands here."
THE_TWO_VERSIONS_SAY_THE = "The two versions say the same"
CHOOSE_OTHERS_TO_COMPARE = "Choose others to compare."
SOURCES = "Sources"
DEAL_SUMMARY = "Deal summary"
PEOPLE = "People"
FINDINGS = "Findings"
NOT_THERE = "not there"
PROMISE = "Promise"
FINDING = "Finding"
VERSION = "Version"
WHEN_UTC = "When (UTC)"
WHAT_CHANGED = "What changed"
NO_BLOCKER = "No blocker"
NOT_DRAFTED = "Not drafted"
WAITS_FOR_YOU = "Waits for you"
ESCALATED_TO_SALES_LEADERSHIP = "Escalated to sales leadership"
ANY_STATUS = "Any status"
ACCOUNT_PERSON_OR_ID = "Account, person or id"
WAITS_FOR_ME = "Waits for me"
HAS_BLOCKERS = "Has blockers"
REJECT_WITH_A_REASON_FOR = "Reject, with a reason for each gap"
REJECT = "Reject"
THE_PACKET_AS_A_WHOLE = "The packet as a whole"
WHAT_CHANGED_SINCE_CS_SENT = "What changed since CS sent it back"
EVERY_DECISION_SO_FAR = "Every decision so far"
ADD_THIS_REASON = "Add this reason"
START_OVER = "Start over"
REASONS_SO_FAR = "Reasons so far"
IN_WORDS = "In words"
SUBMIT_TO_CS = "Submit to CS"
ACCEPT = "Accept"
REQUEST_REVISION = "Request revision"
WITH_SALES_ANSWER_THE_GAPS = "With sales: answer the gaps, then submit."
WITH_CS_ACCEPT_REJECT_OR = "With CS: accept, reject or ask for a revision."
ACCEPTED_WORK_CAN_START_EDITS = "Accepted: work can start. Edits are still noted with date and author."
BACK_WITH_SALES_FIX_EACH = "Back with sales: fix each reason, then submit again."
BACK_WITH_SALES_REVISE_THEN = "Back with sales: revise, then submit again."
NOTHING_BLOCKS_ACCEPTANCE = "Nothing blocks acceptance"
THE_CS_MANAGER_CAN_ACCEPT = "The CS manager can accept this packet."
NOBODY_HAS_DECIDED_ANYTHING_YET = "Nobody has decided anything yet"
SUBMIT_THE_PACKET_WHEN_IT = "Submit the packet when it is ready."
DECISIONS = "Decisions"
THE_PACKET_ITSELF_FOR_OTHER = "The packet itself, for other programs"
THE_PROMISES_AS_A_TABLE = "The promises as a table"
DOCUMENTS = "Documents"
DOCUMENT = "Document"
WHAT_IT_IS = "What it is"
YOU_MAY_NOT_DOWNLOAD_THIS = "You may not download this deal's documents"
ASK_AN_ADMINISTRATOR_FOR_THE = "Ask an administrator for the right."
THE_DEAL_HAS_NO_FILES = "The deal has no files yet"
ADD_ITS_CALLS_MAILS_AND = "Add its calls, mails and contract, then draft the packet."
FILES = "Files"
NOT_READ = "Not read"
READ_AS = "Read as"
WHO_SPEAKS_AND_WHAT_TO = "Who speaks, and what to mind"
NO_QUESTION_IS_OPEN = "No question is open"
EVERYTHING_THAT_HAS_TO_BE = "Everything that has to be asked was answered or waived."
NOTHING_IS_OPEN_HERE = "Nothing is open here"
EVERY_FINDING_IN_THIS_VIEW = "Every finding in this view was answered, waived or never raised."
SAVE_THE_ANSWER = "Save the answer"
WHICH_LINE_OF_THE_SUMMARY = "Which line of the summary it answers"
WAIVE_OR_ASK_INSTEAD = "Waive or ask instead"
WAIVE_IT = "Waive it"
TAKE_THE_WAIVER_BACK = "Take the waiver back"
NOTE_THAT_IT_WAS_ASKED = "Note that it was asked"
REASON_TO_LIVE_WITH_IT = "Reason to live with it"
SHOW_ANSWERED_AND_WAIVED = "Show answered and waived"
EVERY_CATEGORY = "Every category"
THE_ANSWER = "The answer"
THE_REASON = "The reason"
THE_QUESTION = "The question"
A_NEW_VALUE = "(a new value)"
CORRECT_THE_CHOSEN_LINE = "Correct the chosen line"
NAME_A_PERSON_OF_THE = "Name a person of the customer"
SAVE_THE_PERSON = "Save the person"
VALUE_TO_REPLACE = "Value to replace"
NEW_VALUE_EMPTY_REMOVES_THE = "New value (empty removes the old one)"
THE_SELECTED_WORDS_IN_THE = "The selected words in the source prove it"
WHY_NEEDED_FOR_NOT_APPLICABLE = "Why (needed for not applicable)"
SAVE_THE_VALUE = "Save the value"
MARK_NOT_APPLICABLE = "Mark not applicable"
OWNER_AND_DATE = "Owner and date"
REASON_FOR_ANOTHER_VERDICT = "Reason for another verdict"
THE_SELECTED_WORDS_ARE_THE = "The selected words are the contract's clause for it"
CONFIRM_THE_VERDICT = "Confirm the verdict"
CORRECT_IT = "Correct it"
WHY_CONTRADICTED = "Why contradicted"
OR_WORDS = "2026-05-18, or words"
NO_PROMISE_WAS_FOUND = "No promise was found"
SELECT_WORDS_IN_A_SOURCE = "Select words in a source and add them as a promise, if there is one."
NO_PROMISE_FITS_THE_FILTER = "No promise fits the filter"
TAKE_A_FILTER_AWAY_TO = "Take a filter away to see the others."
NO_WORDS_OF_THE_CONTRACT = "No words of the contract."
UNNAMED_SPEAKER = "Unnamed speaker"
MERGE_OR_SPLIT = "Merge or split"
MERGE_THEM_INTO_IT = "Merge them into it"
SPLIT_IT = "Split it"
NOT_A_PROMISE = "Not a promise"
DISMISS_IT = "Dismiss it"
BRING_IT_BACK = "Bring it back"
ADD_A_PROMISE_THAT_WAS = "Add a promise that was missed"
ADD_THE_SELECTED_WORDS_AS = "Add the selected words as a promise"
EARLIER_WORDINGS_OF_THE_CHOSEN = "Earlier wordings of the chosen promise"
ITS_PARTS_A_LINE_EACH = "Its parts, a line each"
WHY_THESE_WORDS_ARE_NO = "Why these words are no promise"
DISMISSED_SO_FAR = "Dismissed so far"
IN_CLEAR_WORDS_OPTIONAL = "In clear words (optional)"
THE_LIST_OF_PARTS = "The list of parts"
A_DISMISSED_PROMISE = "A dismissed promise"
SHOW_ONLY = "Show only"
WORDS_SPEAKER_P = "Words, speaker, P7"
BACK_TO_THE_LIST = "↑ Back to the list"
SELECTED_IN_THE_SOURCE = "Selected in the source"
NOTHING_TO_SHOW = "Nothing to show"
CHOOSE_A_SOURCE_OR_CLICK = "Choose a source, or click on a quote."
EXECUTIVE_SPONSOR = "Executive sponsor"
CHAMPION = "Champion"
ECONOMIC_BUYER = "Economic buyer"
TECHNICAL_LEAD = "Technical lead"
END_USERS = "End users"
BLOCKER_OR_SCEPTIC = "Blocker or sceptic"
CONTRACT_SIGNATURES_CANNOT_BE_TOLD = "contract: signatures cannot be told"
CONTRACT_FULLY_EXECUTED = "contract fully executed"
CONTRACT_NOT_EXECUTED = "contract not executed"
NO_SOURCE_STATES_IT = "No source states it."
OPEN_BLOCKER = "1 open blocker"
PENDING_CONTRACT_PRELIMINARY_UNTIL_SIGNED = "pending contract: preliminary until signed"
NO_REASON_GIVEN = "No reason given"
START_A_DEAL = "Start a deal"
START_THE_DEAL = "Start the deal"
ADD_FILES_TO_THE_OPEN = "Add files to the open deal"
ADD_THEM = "Add them"
DRAFT_THE_PACKET = "Draft the packet"
CORRECT_WHAT_WAS_RECOGNISED_USED = "Correct what was recognised (used at the next draft)"
SET_THE_KIND = "Set the kind"
REMOVE_THE_FILE = "Remove the file from the deal"
REMOVED = "{file} was removed. Draft again, and the packet does without it."
SET_THE_SIDE = "Set the side"
THE_DEAL_S_FILES_CALLS = "The deal's files: calls, mails, contract, deal.yaml"
CHOOSE_FILES_FIRST_WITH_A = "Choose files first, with a deal open."
AE_OR_YOU = "AE (empty: you)"
CSM = "CSM"
ITS_KIND = "Its kind"
SPEAKS_FOR = "Speaks for"
THE_CUSTOMER_S_NAME = "The customer's name"
THE_KIND = "The kind"
EVERY_VERSION = "Every version"
STATUS_CHANGED = "Status: {before} → {after}"
POINTS_CHANGED = "Points known: {before} → {after}"
OWNED_BY = "owner {owner}"
DUE_BY = "due {due}"
ONE_BLOCKER = "1 blocker"
SOME_BLOCKERS = "{number} blockers"
SOME_OPEN_BLOCKERS = "{number} open blockers"
POINTS = "{known:g} of {knowable:g} points"
POINTS_KNOWN = "{known:g} of {knowable:g} points known"
HOURS_OVERDUE = "{hours} h overdue"
HOURS_LEFT = "{hours} h left"
HOURS_LEFT_DUE = "{hours} h left, due {due:%Y-%m-%d %H:%M} UTC"
REJECTED_TIMES = "Rejected {times} times: goes to sales leadership"
CLICK_TO_SETTLE = "Click one, or press Enter on it, to settle it where it stands."
WHAT_BLOCKS = "What blocks ({number})"
DOWNLOAD_FILE = "Download {file}"
QUESTIONS_NOW = "Questions now ({number})"
EARLIER_WORDINGS = "Earlier wordings ({number})"
DECIDED_BY = "decided by {by}"
CONFIRMED_BY = "confirmed by {by}"
ENTERED_BY = "entered by {by}"
SOURCE_NAMED = "Source {name}"
IS_MISSING = "{what} is missing: fill it in, then try again."
MARK_ASKED = "asked"
MARK_WAIVED = "waived"
MARK_ANSWERED = "answered"
UNDATED = "undated"
GONE = "gone"
SIDE_UNKNOWN = "side unknown"
THE_SPEAKER = "The speaker"
THE_ROLE = "The role"
THE_NAME = "The name"
THE_FILE = "The file"
ASK_WHOM = "Ask {whom}:"
AE_IS = "AE {login}"
CSM_IS = "CSM {login}"
