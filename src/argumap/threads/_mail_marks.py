"""What mail programs write into a text: heads of answered mails, footers, signatures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["answered_head", "block_end", "is_mobile_signature", "is_notice", "opens_answered"]

_ORIGINAL = (
    r"original|forwarded|ursprüngliche|weitergeleitete|reply|message d['’]origine|"
    r"message (?:original|transféré)|mensaje (?:original|reenviado)|"
    r"messaggio (?:originale|inoltrato)|mensagem (?:original|encaminhada)|"
    r"oorspronkelijk bericht|doorgestuurd bericht|wiadomość oryginalna|исходное сообщение|"
    r"пересылаемое сообщение|ursprungligt meddelande|oprindelig meddelelse"
)
# "-----Original Message-----", "---------- Forwarded message ---------"
_RULED = re.compile(
    rf"[ \t]*[-_]{{2,}}[ \t]*(?:{_ORIGINAL})(?:[ \t]+(?:message|nachricht|mail|e-mail))?"
    r"(?:[ \t]+follows)?[ \t]*[-_]{2,}[ \t]*$",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:begin forwarded message|anfang der weitergeleiteten (?:e-?mail|nachricht)|"
    r"début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|"
    r"inizio messaggio inoltrato|início da mensagem (?:encaminhada|reenviada)|"
    r"begin doorgestuurd bericht)[ \t\u00a0]*:[ \t]*$",
    re.IGNORECASE,
)
_FROM = "from|von|de|da|van|från|fra|od|от|发件人|寄件者|差出人|보낸 사람"
_FIELDS = (
    f"{_FROM}|sent|gesendet|envoyé|enviad[oa](?: (?:el|em))?|inviato|verzonden|skickat|sendt|"
    "wysłano|отправлено|date|datum|fecha|data|dato|дата|发送时间|日期|"
    "to|an|à|a|para|pour|per|aan|till|til|do|кому|收件人|cc|kopie|copie|copia|bcc|"
    "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|temat|тема|主题|"
    "reply-to|organization|newsgroups|attachments"
)
_FIELD = re.compile(rf"[*_]{{0,2}}(?:{_FIELDS})[ \u00a0]?[*_]{{0,2}}[:：][*_]{{0,2}}(?:\s|$)", re.I)  # noqa: FURB167
_FROM_FIELD = re.compile(rf"[*_]{{0,2}}(?:{_FROM})[ \u00a0]?[*_]{{0,2}}[:：]", re.I)  # noqa: FURB167
_DATE_FIELD = re.compile(r"[*_]{0,2}(?:date|datum|fecha|data|dato|дата)[ \u00a0]?[*_]{0,2}:", re.I)  # noqa: FURB167
_MOST_FIELDS = 12

_MOBILE = re.compile(
    r"(?:sent (?:from|via|with|using)\b|get outlook for\b|von meine[mr]\b.*\bgesendet|"
    r"gesendet (?:von|mit|über)\b|diese nachricht wurde von mein|envoyé (?:de|depuis|à partir)\b|"
    r"enviado (?:desde|do|de)\b|inviato d[ae]\b|verzonden (?:van|met)\b|skickat från\b|"
    r"sendt fra\b|wysłano z\b|отправлено (?:с|из)\b|iphoneから送信)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"[ \t]*(?:#{2,}-.*-#{2,}|-{3,}.{0,20}reply above this line.*)$", re.IGNORECASE
)
_DISCLAIMER = re.compile(
    r"(?:disclaimer\b|confidentiality notice\b|(?:this|the information (?:contained )?in this) "
    r"(?:e-?mail|message|communication|transmission)\b.{0,160}"
    r"\b(?:confidential|privileged|intended (?:only|solely))|"
    r"diese (?:e-?mail|nachricht) (?:ist|enthält) vertraulich)",
    re.IGNORECASE,
)
_UNSUBSCRIBE = re.compile(r"unsubscribe|list(?:info|serv)\b|mailing list|abmelden|désabonner", re.I)  # noqa: FURB167
_RULE = re.compile(r"[-_=*~]{20,}$")
# What Mailman puts in the place of an attachment.
_SCRUBBED = re.compile(r"-{8,} next part -{8,}$")
_SCRUBBED_LINE = re.compile(
    r"(?:.{0,80}attachment was scrubbed\.\.\.|(?:Name|Type|Size|Desc|URL) ?: .*|"
    r"Skipped content of type .*)$"
)
_PGP = re.compile(r"-----BEGIN PGP (SIGNED MESSAGE|[A-Z ]+)-----$")
_MOST_LINES = 12


def opens_answered(line: str) -> bool:
    """Whether a line says that a mail follows: ``-----Original Message-----``."""
    return len(line) <= 200 and bool(_RULED.match(line) or _BEGINS.match(line))


def answered_head(lines: Sequence[str], at: int) -> int:
    """Return how many lines the head of an answered mail has that begins here; 0 if none does.

    It begins with a line such as ``-----Original Message-----``, with three fields or more of which
    the first is ``From:``, or with four of which the first is ``Date:``, in the languages of common
    programs.

    Examples:
        >>> answered_head(["Von: Ana", "An: Ben", "Betreff: Hennen", "", "Leise?"], 0)
        3
    """
    opened = opens_answered(lines[at])
    named = _FROM_FIELD.match(lines[at]) is not None
    if not opened and not named and not _DATE_FIELD.match(lines[at]):
        return 0
    last, fields = at, 0
    for number in range(at, min(at + _MOST_FIELDS, len(lines))):
        if _FIELD.match(lines[number]):
            last, fields = number, fields + 1
            named = named or _FROM_FIELD.match(lines[number]) is not None
        elif fields and not lines[number]:
            break
    # One that begins with the date, as Hotmail wrote it, has one more.
    least = 3 if _FROM_FIELD.match(lines[at]) else 4
    return last - at + 1 if opened or (named and fields >= least) else 0


def is_mobile_signature(line: str) -> bool:
    """Whether a line is what a phone puts under a mail: ``Sent from my iPhone``."""
    return len(line) <= 80 and _MOBILE.match(line) is not None


def is_notice(line: str) -> bool:
    """Whether a line is a program's: ``##- Please type your reply above this line -##``."""
    return len(line) <= 200 and _NOTICE.match(line) is not None


def block_end(lines: Sequence[str], at: int) -> int | None:
    """Return the last line of what programs write that begins here; None if nothing does.

    That is a disclaimer, the footer of a list, a part of PGP, the place of a lost attachment.
    """
    line = lines[at][:300]
    if found := _PGP.match(line):
        end = "" if found[1] == "SIGNED MESSAGE" else f"-----END PGP {found[1]}-----"
        after = (n for n in range(at + 1, len(lines)) if lines[n] == end)
        last = next(after, len(lines) - 1)
        return last if end else max(last - 1, at)
    if _SCRUBBED.match(line):
        last = at
        while last + 1 < len(lines) and _SCRUBBED_LINE.match(lines[last + 1][:300]):
            last += 1
        return last
    last = max(
        (n for n in range(at, min(at + 2 * _MOST_LINES, len(lines))) if lines[n]), default=at
    )
    if any(lines[n] for n in range(last + 1, len(lines))) or last - at > _MOST_LINES:
        return None
    told = (lines[n] for n in range(at + 1, last + 1))
    if _RULE.match(line) and any(_UNSUBSCRIBE.search(each[:300]) for each in told):
        return last
    return last if _DISCLAIMER.match(line) else None
