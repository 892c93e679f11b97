"""The words mail programs and people use around the text of a mail, in the languages of business mail."""

from __future__ import annotations

import re


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set: a table that reads as prose."""
    return frozenset(text.split())


HEADER_KEYS: dict[str, str] = {
    key: kind
    for kind, keys in {
        "from": "from von de da van från fra od от 发件人 差出人 remitente expéditeur lähettäjä",
        "sent": "sent date gesendet datum envoyé envoye enviado inviato verzonden skickat sendt data fecha"
        " wysłano дата отправлено 日期 发送时间 送信日時 lähetetty",
        "to": "to an à para a aan till til do кому 收件人 宛先 vastaanottaja",
        "cc": "cc bcc kopie copie копия 抄送",
        "subject": "subject betreff objet asunto assunto oggetto onderwerp ämne emne temat тема 主题"
        " 件名 aihe",
        "other": "reply-to importance priority attachments anlagen wichtigkeit importance-level organization",
    }.items()
    for key in keys.split()
}
"""Header names of a quoted mail, lower case, and what they stand for."""

WROTE = (
    "wrote", "writes", "schrieb", "a écrit", "a ecrit", "écrit", "escribió", "escribio", "ha scritto",
    "escreveu", "schreef", "napisał", "napisał(a)", "pisze", "skrev", "napsal", "kirjoitti", "написал",
    "написал(а)", "пишет", "от", "wrote on", "said",
)  # fmt: skip
"""Verbs of an attribution line ("On Monday, X wrote:")."""

ATTRIBUTION_STARTS = re.compile(
    r"(?:on|at|am|le|el|il giorno|il|em|op|den|w dniu|dnia|på|dne|в|\"?[\w.'’-]+|<\S+@\S+>|\d)\b", re.I
)

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia января",
            "february feb februar février févr fév fevrier febrero febbraio febbr fevereiro fev februari"
            " lutego"
            " февраля",
            "march mar mär märz mrz mars marzo março marco maart mrt marca марта",
            "april apr avril avr abril abr aprile kwietnia апреля",
            "may mai mayo maggio mag maio mei maj maja мая",
            "june jun juni juin junio giugno giu junho czerwca июня",
            "july jul juli juillet juil julio luglio lug julho lipca июля",
            "august aug août aout agosto ago augustus augusti sierpnia августа",
            "september sep sept septembre septiembre settembre set setembro września сентября",
            "october oct oktober okt octobre octubre ottobre ott outubro out października октября",
            "november nov novembre noviembre novembro listopada ноября",
            "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudnia декабря",
        ),
        1,
    )
    for name in names.split()
}

DATE_FILLERS = word_set(
    """
    at um à a ore alle às om kl klo o las uhr h de del di og en the of on am le el il em op den giorno
    dniu dnia gmt utc est edt cst cdt mst mdt pst pdt cet cest bst ist z
    """
)
WEEKDAYS = word_set(
    """
    mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday
    sun sunday mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag so sonntag lun
    lundi mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche lunes martes mié
    miércoles jue jueves vie viernes sáb sábado dom domingo lunedì martedì mercoledì giovedì venerdì
    sabato domenica seg ter qua qui sex ma maandag dinsdag wo woensdag donderdag vr vrijdag za
    zaterdag zo zondag пн вт ср чт пт сб вс pon wt śr czw pt sob niedz
    """
)

SIGN_OFFS = re.compile(
    r"(?:(?:with |my |our )?(?:very |kind(?:est)?|best|warm(?:est)?|many|all the best|all best)?[ ,]*"
    r"(?:regards|wishes|thanks|thank you|thx|cheers|best|sincerely|respectfully|cordially|rgds|br|kr|ta)"
    r"(?: (?:again|so much|very much|in advance|and (?:kind |best )?regards|for (?:your|the) \w+))?"
    r"|yours(?: (?:sincerely|truly|faithfully|ever))?|sincerely yours|talk soon|speak soon"
    r"|all the best|take care"
    r"|onwards?|warmly|as ever|have a (?:great|good|nice|lovely) (?:day|week|weekend|evening|one)"
    r"|(?:mit )?(?:freundliche[nmr]?|beste[nr]?|viele|liebe|schöne|herzliche) gr(?:ü|ue)(?:ß|ss)en?"
    r"|(?:mit )?freundlichem gru(?:ß|ss)|mfg|vg|lg|gru(?:ß|ss)|cordialement|bien (?:à vous"
    r"|cordialement)|salutations"
    r"|merci|saludos(?: cordiales)?|un saludo|atentamente|gracias|cordiali saluti|saluti|grazie"
    r"|atenciosamente"
    r"|obrigad[oa]|met vriendelijke groet(?:en)?|groet(?:en)?|mvh|med vänlig(?:a)? hälsning(?:ar)?|hilsen)"
    r"[\s,.!–—-]*",
    re.I,
)
"""A whole line that closes a mail."""

TITLE_WORDS = word_set(
    """
    manager director vp svp evp avp president vice chief officer ceo cfo cto cio coo ciso cmo cro
    cpo cso engineer engineering executive head lead leader analyst counsel attorney paralegal
    consultant architect specialist coordinator partner owner founder co-founder cofounder
    administrator admin assistant associate representative rep supervisor controller comptroller
    treasurer accountant buyer procurement planner scientist developer programmer technician
    designer editor secretary advisor adviser strategist principal superintendent registrar dean
    provost professor nurse physician surgeon pharmacist therapist teacher librarian foreman
    chairman chairwoman chair chairperson deputy trustee producer recruiter dispatcher scheduler
    underwriter actuary broker agent inspector planner warden chef steward curator operator
    bookkeeper estimator surveyor geschäftsführer geschäftsführerin leiter leiterin vertrieb
    projektleiter projektleiterin prokurist vorstand einkauf einkäufer directeur directrice
    responsable ingénieur chargé chargée gérant acheteur gerente director directora jefe jefa
    responsabile direttore amministratore diretor diretora hoofd medewerker adviseur chef ansvarig
    konsult
    """
)
"""Words of which a job title holds at least one."""

COMPANY_ENDINGS = re.compile(
    r"\b(?:inc|incorporated|llc|l\.l\.c|llp|lp|ltd|limited|corp|corporation|company|co|gmbh|ag|kg"
    r"|se|ug|sarl|sas|sa"
    r"|s\.a|s\.r\.l|srl|spa|s\.p\.a|bv|b\.v|nv|n\.v|ab|a\/s|as|asa|oy|oyj|plc|pty|pte|pvt|kk|lda"
    r"|ltda|group|holdings"
    r"|university|college|hospital|foundation|trust|council|bank)\.?$",
    re.I,
)

DEVICE_LINE = re.compile(
    r"(?:sent|get|gesendet|von meinem|envoyé|enviado|inviato|verzonden|verstuurd"
    r"|skickat)\b.{0,60}\b(?:iphone|ipad"
    r"|android|samsung|galaxy|blackberry|mobile|handy|smartphone|outlook|yahoo|gmail|proton ?mail"
    r"|mail for windows"
    r"|windows|phone|tablet|device|telefon)\b.{0,40}",
    re.I,
)
FOOTER_BLOCK = re.compile(
    r"intended recipient|intended (?:solely|only|exclusively) for"
    r"|in(?:tended)? (?:solely )?for the (?:sole )?use of"
    r" the (?:individual|addressee|recipient|named)|received this (?:e-?mail|message|communication"
    r"|transmission)"
    r"(?: \w+){0,4} in error|before printing this|privileged and(?:/or)? confidential"
    r"|confidentiality notice"
    r"|nicht der (?:richtige|beabsichtigte) (?:adressat|empfänger)|destinataire (?:prévu|de ce message)"
    r"|if you are not the (?:named |correct )?addressee|registered (?:office|in england)"
    r"|company registration n"
    r"|this (?:e-?mail|message) (?:has been|was) (?:scanned|checked) (?:for|by)|virus-free\b|avast\.com",
    re.I,
)
"""Anywhere in a paragraph, this makes it a legal footer."""
FOOTER_START = re.compile(
    r"(?:to )?unsubscribe\b|manage (?:your )?(?:email )?(?:preferences|subscription)|view (?:this"
    r"|it) (?:e-?mail )?in"
    r" (?:your )?browser|you(?:'re| are)? receiv(?:ed|ing) this (?:e-?mail|message|because)"
    r"|update your preferences"
    r"|\[?(?:caution|external(?: e-?mail)?|warning)\b.{0,30}?(?:[:!\]]|\bthis (?:e-?mail|message)\b)"
    r"|this (?:e-?mail|message) (?:originated|came) from outside|you don'?t often get email from"
    r"|please consider the environment|download the (?:official )?(?:outlook|gmail) app|disclaimer\s*:",
    re.I,
)
"""At the start of a paragraph of at most 400 characters, this makes it a footer or banner."""
