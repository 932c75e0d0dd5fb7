"""JSON-LD: a map as linked data, written only.

Claims are `I-node`, supports `RA-node` and attacks `CA-node` of the AIF ontology, and posts are
`Comment` of schema.org; a mention is an `Assertion` of ours. The context is published with the
documentation, and stands in each file, so that none needs to be fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.formats._json import to_json
from argumap.model import Support, Undercut

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim, Mention, Post, Rebuttal

__all__ = ["CONTEXT", "FORMAT", "dumps"]

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "aif": "http://www.arg.dundee.ac.uk/aif#",
    "schema": "https://schema.org/",
    "am": "urn:argumap:1:",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Claim": "aif:I-node",
    "Support": "aif:RA-node",
    "Attack": "aif:CA-node",
    "Rebuttal": "am:Rebuttal",
    "Undercut": "am:Undercut",
    "Mention": "am:Mention",
    "Comment": "schema:Comment",
    "ArgumentMap": "schema:Dataset",
    "title": "schema:name",
    "text": "schema:text",
    "author": "schema:author",
    "created": {"@id": "schema:dateCreated", "@type": "xsd:dateTime"},
    "parent": {"@id": "schema:parentItem", "@type": "@id"},
    "url": "schema:url",
    "claims": {"@id": "schema:hasPart", "@container": "@list"},
    "relations": {"@id": "am:relations", "@container": "@list"},
    "posts": {"@id": "am:posts", "@container": "@list"},
    "mentions": {"@id": "am:mentions", "@container": "@list"},
    "premise": {"@id": "aif:Premise", "@type": "@id", "@container": "@list"},
    "conclusion": {"@id": "aif:Conclusion", "@type": "@id"},
    "source": {"@id": "am:source", "@type": "@id"},
    "target": {"@id": "am:target", "@type": "@id"},
    "scheme": "am:scheme",
    "stance": "am:stance",
    "quote": "schema:citation",
    "post": {"@id": "am:post", "@type": "@id"},
    "start": "am:start",
    "end": "am:end",
    "component": "am:component",
    "componentConfidence": "am:componentConfidence",
    "confidence": "am:confidence",
    "identifier": "schema:identifier",
}


def dumps(argmap: ArgumentMap) -> str:
    """Write a map."""
    document: dict[str, Any] = {
        "@context": CONTEXT,
        "type": "ArgumentMap",
        "title": argmap.title,
        "claims": [_claim(claim) for claim in argmap.claims],
        "relations": [_relation(relation) for relation in argmap.relations],
    }
    if argmap.thread is not None:
        document["posts"] = [_post(post) for post in argmap.thread.posts]
    return to_json(_filled(document))


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _name(id_: str) -> str:
    """Return the reference within the document; no id can lead out of it."""
    return f"#{quote(id_, safe='')}"


def _claim(claim: Claim) -> dict[str, Any]:
    return _filled(
        {
            "id": _name(claim.id),
            "type": "Claim",
            "identifier": claim.id,
            "text": claim.text,
            "component": claim.component,
            "componentConfidence": claim.component_confidence,
            "confidence": claim.confidence,
            "mentions": [_mention(mention) for mention in claim.mentions] or None,
        }
    )


def _mention(mention: Mention) -> dict[str, Any]:
    span = mention.span
    return _filled(
        {
            "type": "Mention",
            "author": mention.author,
            "stance": mention.stance,
            "quote": mention.quote,
            "post": f"#post-{quote(span.post_id, safe='')}" if span else None,
            "start": span.start if span else None,
            "end": span.end if span else None,
        }
    )


def _relation(relation: Support | Rebuttal | Undercut) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": _name(relation.id),
        "identifier": relation.id,
        "confidence": relation.confidence,
    }
    if isinstance(relation, Support):
        fields |= {
            "type": "Support",
            "premise": [_name(premise) for premise in relation.premises],
            "conclusion": _name(relation.conclusion),
            "scheme": relation.scheme,
        }
    else:
        kind = "Undercut" if isinstance(relation, Undercut) else "Rebuttal"
        fields |= {
            "type": ["Attack", kind],
            "source": _name(relation.source),
            "target": _name(relation.target),
        }
    return _filled(fields)


def _post(post: Post) -> dict[str, Any]:
    return _filled(
        {
            "id": f"#post-{quote(post.id, safe='')}",
            "type": "Comment",
            "identifier": post.id,
            "author": post.author,
            "created": post.created_at.isoformat() if post.created_at else None,
            "parent": f"#post-{quote(post.parent_id, safe='')}" if post.parent_id else None,
            "title": post.title,
            "text": post.text,
            "url": post.url,
        }
    )


FORMAT = Format(
    name="jsonld",
    title="JSON-LD",
    suffixes=(".jsonld",),
    sniff=lambda _text: False,
    dumps=dumps,
    carries=ALL - {"origin", "extra", "thread"},
)
