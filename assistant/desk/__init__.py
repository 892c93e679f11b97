"""The review desk below its screens.

Every verb takes the acting user, checks the right, does one thing in one transaction and writes its line into
the audit log. Screens and routes call these and decide nothing.
"""

from assistant.desk.auditing import AuditFilter, AuditPage, audit_file, audit_log, audit_page, verify_audit
from assistant.desk.deals import (
    DealLine,
    Filters,
    assign_csm,
    change_facts,
    colleagues,
    drop_deal,
    get_deal,
    list_deals,
    new_deal,
    page_deals,
)
from assistant.desk.deciding import (
    accept,
    answer_gap,
    ask_of,
    assign,
    confirm_verdict,
    correct_verdict,
    describe_stakeholder,
    edit_value,
    mark_not_applicable,
    name_stakeholder,
    reject,
    request_revision,
    submit,
    tick,
    unwaive,
    waive,
)
from assistant.desk.drafting import Drafted, draft
from assistant.desk.files import (
    Added,
    FileLook,
    add_sources,
    create_deal,
    get_source_bytes,
    get_source_text,
    list_files,
    look_at_files,
    remove_source,
)
from assistant.desk.happening import look_for_surprise, note_surprise, record_event, take_back_event
from assistant.desk.looking import (
    Question,
    can,
    changed_since_return,
    compare,
    download,
    get_packet,
    history,
    questions,
)
from assistant.desk.meeting import confirm_answer, drop_answer, read_meeting
from assistant.desk.place import Desk, Opened
from assistant.desk.practising import practice_result, start_practice
from assistant.desk.promising import add_promise, bring_back, dismiss, merge, quote_of, split
from assistant.desk.readying import capacity, ready_items, tick_ready
from assistant.desk.recordings import (
    Voice,
    get_sound,
    get_transcript,
    give_turn,
    hear_recording,
    list_recordings,
    merge_speakers,
    name_speaker,
    note_consent,
    stop_hearing,
    voices_of,
)
from assistant.desk.report_files import REPORT_FILES, report_file
from assistant.desk.reporting import Report, dashboard, list_handoffs, report, review_page
from assistant.desk.timing import deal_clocks
from assistant.protocol.standing import SURPRISE
from assistant.store.audit import Verdict

__all__ = [
    "REPORT_FILES", "SURPRISE", "Added", "AuditFilter", "AuditPage", "DealLine", "Desk", "Drafted",
    "FileLook", "Filters", "Opened", "Question", "Report", "Verdict", "Voice", "accept",
    "add_promise", "add_sources", "answer_gap", "ask_of", "assign", "assign_csm", "audit_file",
    "audit_log", "audit_page", "bring_back", "can", "capacity", "change_facts",
    "changed_since_return", "colleagues", "compare", "confirm_answer", "confirm_verdict",
    "correct_verdict", "create_deal", "dashboard", "deal_clocks", "describe_stakeholder", "dismiss",
    "download", "draft", "drop_answer", "drop_deal", "edit_value", "get_deal", "get_packet",
    "get_sound", "get_source_bytes", "get_source_text", "get_transcript", "give_turn",
    "hear_recording", "history", "list_deals", "list_files", "list_handoffs", "list_recordings",
    "look_at_files", "look_for_surprise", "mark_not_applicable", "merge", "merge_speakers",
    "name_speaker", "name_stakeholder", "new_deal", "note_consent", "note_surprise", "page_deals",
    "practice_result", "questions", "quote_of", "read_meeting", "ready_items", "record_event",
    "reject", "remove_source", "report", "report_file", "request_revision", "review_page", "split",
    "start_practice", "stop_hearing", "submit", "take_back_event", "tick", "tick_ready", "unwaive",
    "verify_audit", "voices_of", "waive",
]  # fmt: skip
