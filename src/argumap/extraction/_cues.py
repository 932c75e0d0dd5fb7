"""Words that show how a clause bears on another: the tables that the rules read."""

from __future__ import annotations

import re

__all__ = [
    "ADDITION",
    "CONCESSION",
    "CONCLUSION",
    "CONNECTIVES",
    "CONTRAST",
    "EXAMPLE",
    "FRAMES",
    "OPENERS",
    "REASON",
    "has_verb",
    "starts_clause",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(word.strip() for word in words.replace("\n", " ").split(",") if word.strip())


# What follows is a reason for what came before.
REASON = _set(
    "because, since, as, for, given that, given, due to the fact that, considering, after all, "
    "in that, in the sense that, seeing as, insofar as, inasmuch as, because of the fact that, cause, "
    "cuz, bc, the reason is, the reason being, the reason for this is, which is because, "
    "this is because, that is because, it is because, it's because, that's because"
)
# What follows is a conclusion from what came before.
CONCLUSION = _set(
    "so, thus, therefore, hence, consequently, as a result, accordingly, which means, "
    "which means that, this means, this means that, that means, that means that, meaning, meaning that, "
    "which is why, that's why, that is why, this is why, which was why, it follows that, "
    "which suggests, which suggests that, suggests that, this suggests that, which implies that, "
    "which shows that, this shows that, in conclusion, to sum up, in short, so that's why, ergo, "
    "and so, and thus, and therefore, then"
)
# What came before is granted; what follows is the point.
CONTRAST = _set(
    "but, however, yet, nevertheless, nonetheless, even so, that said, that being said, still, "
    "but then, but still, and yet, except, except that, on the other hand, having said that, "
    "unfortunately, but even if, instead, rather, at the same time, conversely"
)
# What follows is granted, against the main point beside it.
CONCESSION = _set(
    "although, though, even though, while, whereas, despite the fact that, in spite of the fact that, "
    "notwithstanding, even if, albeit, granted, admittedly, sure, of course, certainly, to be fair, "
    "true, yes, yeah, i admit, i know, no doubt, fair enough, ok, okay, maybe, it is true that, "
    "it's true that, i understand that, i understand, i get that, i realize, i realise, i acknowledge"
)
ADDITION = _set(
    "and, also, plus, moreover, furthermore, additionally, in addition, besides, or, nor, "
    "not to mention, and also, but also, likewise, similarly, on top of that, first, firstly, second, "
    "secondly, more generally, generally, third, thirdly, finally, lastly, one, two, three, next, again, on the one hand"
)
# What follows shows, details or restates what came before.
EXAMPLE = _set(
    "for example, for instance, e.g., eg, i.e., ie, in fact, indeed, in particular, specifically, "
    "particularly, such as, namely, in other words, as an example, "
    "basically, especially, that is, i mean, case in point"
)
CONNECTIVES = REASON | CONCLUSION | CONTRAST | CONCESSION | ADDITION | EXAMPLE

# Words that only open a sentence: they say how it is meant, not what.
OPENERS = _set(
    "fwiw, imo, imho, tbh, afaik, iirc, afaict, btw, ianal, fyi, lol, well, hell, heck, dude, man, oh, hmm, ah, "
    "to be honest, honestly, frankly, personally, obviously, clearly, actually, basically, anyway, "
    "anyways, in my opinion, in my view, in my experience, for what it's worth, as far as i know, "
    "as far as i can tell, as i understand it, as i see it, as i said, like i said, as you said, "
    "as you say, as you note, again, edit, ps, p.s, p.p.s, note, look, listen, surely, "
    "probably because, now, meanwhile, fortunately, sadly, interestingly, alternatively, alternately, "
    "overall, ultimately, essentially, simply put, of note, nah, nope, no, right, sorry, i'm sorry, "
    "i'm afraid, to me, for me, hi, hello, hey, seriously, apparently, presumably, afterall, "
    "even then, yes but, in general, in practice, in theory, i dunno, idk, i don't know"
)

_ADVERBS = (
    r"(?:(?:really|just|also|still|particularly|do|personally|honestly|strongly|firmly|would|"
    r"might|will|truly|certainly|definitely|generally|simply|merely|only|kind of|sort of|kinda|"
    r"actually|obviously|definitely|even|always|never really|must|have to|'d|'ll|can)\s+)*"
)
# Attitudes around a proposition. Denied ones ("I don't think") are not here: they carry the point.
FRAMES = re.compile(
    r"(?:"
    + r"(?:also\s+)?that\s+(?=eg\b|e\.g\.)|(?:think|believe|feel|suspect)\s+that(?=\s)|(?:(?:i|we)(?:'d|'ve)?\s+"
    + _ADVERBS
    + r"(?:think|believe|feel(?:\s+like)?|guess|suspect|"
    r"assume|suppose|argue|claim|say|maintain|imagine|thought|find|reckon|bet|contend|"
    r"dunno|hear you|point out|noticed?|hold(?=\s+that)|mean(?=\s+that)|stated?|acknowledge|understand|"
    r"realize|realise|admit|agree(?=\s+that)|heard|gotta say|would say|know)"
    r"(?:\s+(?:that|though|however))?(?=\s+[^\s,.;:!?)]|,\s))"
    r"|my\s+(?:own\s+|main\s+|personal\s+|only\s+)?(?:read|view|opinion|point|belief|feeling|hunch|"
    r"guess|argument|understanding|take|philosophy|impression|claim|position|concern|"
    r"suspicion|thinking|stance|experience)\s+(?:here\s+)?(?:is|was|has\s+always\s+been)"
    r"(?:\s+that|\s*,|\s*:)?(?=\s)"
    r"|it\s+(?:(?:also|just|really|certainly)\s+)?(?:seems|looks|appears|sounds|feels)\s+(?:to\s+me\s+)?(?:that|like|as\s+(?:if|though))(?=\s)"
    r"|(?:but\s+)?the\s+(?:main\s+|real\s+|whole\s+|simple\s+|only\s+|other\s+)?(?:point|fact|problem|issue|thing|truth|reality|"
    r"bottom\s+line|question|difference|idea|catch)\s+(?:here\s+)?is(?:\s+that|\s*,)(?=\s)"
    r"|(?:i'm|i\s+am|we're|we\s+are)\s+(?:(?:so|pretty|quite|fairly|very|absolutely|also|just)\s+)?(?:sure|certain|"
    r"convinced|afraid|confident|arguing|saying|claiming|under the impression)(?:\s+that)?(?=\s)"
    r"|there(?:'s|\s+is)\s+a\s+(?:good\s+|fair\s+)?chance(?:\s+that)(?=\s)"
    r"|it(?:'s|\s+is)\s+(?:also\s+|just\s+|very\s+|pretty\s+|quite\s+)?(?:true|clear|obvious|possible|likely|probable|"
    r"worth\s+noting|important\s+to\s+note|fair\s+to\s+say)\s+that(?=\s)"
    r"|(?:please\s+)?(?:note|remember|keep\s+in\s+mind|bear\s+in\s+mind|consider)\s+that(?=\s)"
    r"|let(?:'s|s)\s+say(?:\s+that)?(?=\s)"
    r"|that(?:'s|\s+is)\s+to\s+say(?=\s)"
    r"|(?:as\s+(?:i|you|we)\s+(?:said|say|mentioned|note|noted|understand\s+it|see\s+it|have\s+noted))(?=\s*,)"
    r")\s*,?\s*",
    re.IGNORECASE,
)

_AUXILIARIES = _set(
    "is, are, was, were, am, be, been, being, isn't, aren't, wasn't, weren't, has, have, had, hasn't, "
    "haven't, hadn't, do, does, did, don't, doesn't, didn't, can, could, will, would, shall, should, may, "
    "might, must, can't, cannot, couldn't, won't, wouldn't, shouldn't, mustn't, needn't, ain't, "
    "i'm, you're, he's, she's, it's, we're, they're, that's, there's, here's, what's, who's, "
    "i've, you've, we've, they've, i'd, you'd, he'd, she'd, it'd, we'd, they'd, i'll, you'll, he'll, "
    "she'll, it'll, we'll, they'll, that'll, there're, their's, im, youre, dont, doesnt, didnt, isnt, "
    "arent, cant, wont, thats, theyre, its, gonna, gotta, let's, lets"
)
_BASES = (
    "accept achieve act add admit affect agree aim allow answer appear apply argue ask assume avoid "
    "become begin believe belong bother break bring build buy call care carry cause change charge "
    "check choose claim come commit compare complain consider contain continue contribute control "
    "convince cost count cover create cut deal decide define demand deny depend describe deserve destroy "
    "determine die differ disagree discover do drive earn eat enable encourage end enforce enjoy ensure "
    "exist expect explain express face fail fall feel fight find fit focus follow force forget gain "
    "generate get give go grow guarantee happen hate have hear help hide hit hold hope hurt "
    "ignore imagine imply improve include increase indicate involve join keep kill know lack lead "
    "learn leave let lie like listen live look lose love maintain make manage matter mean measure meet mention "
    "miss move need notice obtain occur offer open own oppose pass pay perform point prefer prevent "
    "prove provide pull push put raise reach read realize receive recognize reduce refer refuse "
    "reject relate release rely remain remember remove replace represent require respect respond "
    "result return rise run save say see seem sell send serve set share show sit solve sound "
    "speak spend stand start state stay stop study suck suffer suggest support suppose take talk teach tell "
    "tend test think threaten throw treat try turn understand use value vary violate vote wait "
    "walk want watch wear win wish wonder work worry write compile crash ship scale break "
    "benefit hinder undermine contradict assert propose recommend introduce block merge fix"
)
_PAST = (
    "became began broke brought built bought came chose cost cut dealt did drove ate fell felt "
    "fought found forgot got gave went grew had heard held hit kept knew led learned left let lost made "
    "meant met paid put ran read said saw sold sent set showed sat spoke spent stood took taught told "
    "thought threw tried understood won wore wrote died changed used worked wanted seemed needed "
    "happened called asked turned stopped started moved lived helped showed gone done seen been"
)


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


_PLAIN = frozenset(_BASES.split())
_FINITE = _AUXILIARIES | frozenset(_third(base) for base in _PLAIN) | frozenset(_PAST.split())
_SUBJECTS = _set(
    "i, you, he, she, it, we, they, this, that, these, those, there, who, which, people, "
    "everyone, everybody, anyone, someone, somebody, nobody, most, many, some, others, all, to, "
    "both, not, users, men, women, folks, they're, never, always, often, just, only, really, still, "
    "usually, also, actually, simply"
)
_STARTS = _SUBJECTS | _set(
    "the, a, an, my, your, his, her, its, our, their, no, each, every, any, lots, one, what, how, if, "
    "when, it's, i'm, i've, i'd, i'll, you're, you've, you'd, you'll, he's, she's, we're, we've, "
    "we'd, we'll, they've, they'd, they'll, that's, there's, what's, here, such, another, even, "
    "few, several, much, nothing, something, everything, neither, either, more, then, sometimes, maybe, perhaps, "
    "dont, thats, im, as, in, with, for, at, on, without, probably"
)


def has_verb(words: tuple[str, ...] | list[str]) -> bool:
    """Return whether a stretch of words seems to hold a finite verb.

    No parser and no dictionary of all verbs: auxiliaries, forms that are hardly ever nouns, and
    base forms after a word that is likely to be their subject.

    Examples:
        >>> has_verb(["lots", "of", "work", "is", "irrelevant"])
        True
        >>> has_verb(["the", "state", "of", "the", "work"])
        False
    """
    previous = ""
    for word in words:
        if word in _FINITE or (
            word in _PLAIN and (previous in _SUBJECTS or previous.endswith("s"))
        ):
            return True
        if len(word) > 4 and word.endswith("ed") and previous in _SUBJECTS:
            return True
        previous = word
    return False


def starts_clause(words: tuple[str, ...] | list[str]) -> bool:
    """Return whether words may open a clause that has a subject of its own."""
    return bool(words) and (words[0] in _STARTS or (len(words) > 1 and words[1] in _FINITE))
