"""``argumap map``: from a thread to a map, its picture, and the claims that lack support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.cli.extractors import (
    BaseUrlOption,
    CacheOption,
    ExtractorOption,
    MaxCostOption,
    MinConfidenceOption,
    ModelOption,
    WeightsOption,
    choose_extractor,
    tell_usage,
)
from argumap.cli.files import (
    FormatOption,
    InputArgument,
    OutputOption,
    ThreadOption,
    check_outputs,
    read_map_or_thread,
    write_outputs,
)
from argumap.cli.terminal import bold, count, dim, harmless, orange, say, show, who, wrapped

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim

__all__ = ["map_"]

_READ = "which is all that the extractors trained and rules read"


def map_(
    file: InputArgument,
    output: OutputOption = None,
    from_: FormatOption = None,
    thread: ThreadOption = None,
    extractor: ExtractorOption = None,
    weights: WeightsOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    max_cost: MaxCostOption = None,
    cache: CacheOption = None,
    min_confidence: MinConfidenceOption = 0.0,
) -> None:
    """Make the map of a thread, and list the claims that lack support."""
    outputs = output or []
    check_outputs(outputs)
    chosen = choose_extractor(
        extractor,
        weights=weights,
        model=model,
        base_url=base_url,
        max_cost=max_cost,
        cache=cache,
    )
    argmap = read_map_or_thread(
        file, from_, thread=thread, extractor=chosen, min_confidence=min_confidence
    )
    # Written first: a reader of the summary who goes away early still finds the files.
    write_outputs(argmap, outputs)
    tell = say if "-" in outputs else show
    for line in _summary(argmap, file):
        tell(line)
    tell_usage(argmap)


def _summary(argmap: ArgumentMap, file: str) -> list[str]:
    from argumap.queries import contested_claims, main_claims, unsupported_claims

    lines = [bold(harmless(argmap.title or file))]
    if argmap.thread is not None:
        posts = len(argmap.thread.posts)
        lines.append(f"{count(posts, 'post')} by {count(len(argmap.thread.authors), 'author')}")
    lines.append(
        f"{count(len(argmap.claims), 'claim')}, {count(len(argmap.supports), 'support')}, "
        f"{count(len(argmap.rebuttals), 'rebuttal')}, {count(len(argmap.undercuts), 'undercut')}"
    )
    if not argmap.claims:
        return [*lines, "", *_none_found(argmap)]
    if _is_misread(argmap):
        text = f"Hardly a word is English, {_READ}: do not trust this map."
        lines += ["", wrapped(text, indent=0)]
    main = main_claims(argmap)[:1]
    if main:
        lines += ["", bold("Main claim"), *_claim_lines(main[0], contested=False)]
    contested = {claim.id for claim in contested_claims(argmap)}
    unsupported = unsupported_claims(argmap)
    lack = "lacks" if len(argmap.claims) == 1 else "lack"
    of = count(len(argmap.claims), "claim")
    lines += ["", bold(f"{len(unsupported)} of {of} {lack} support")]
    # Contested and unsupported first: those are the ones to look at.
    for claim in sorted(unsupported, key=lambda claim: claim.id not in contested):
        lines += _claim_lines(claim, contested=claim.id in contested)
    return lines


def _none_found(argmap: ArgumentMap) -> list[str]:
    if argmap.thread is None:
        return ["There is no claim in this map."]
    text = f"No claim was found: perhaps nobody argues here, or not in English, {_READ}."
    return [wrapped(text, indent=0)]


def _is_misread(argmap: ArgumentMap) -> bool:
    """Return whether an extractor that reads English made the map of what is none."""
    from argumap.extraction.language import seems_english

    if argmap.thread is None or seems_english(argmap.thread):
        return False
    makers = {claim.origin.maker for claim in argmap.claims if claim.origin is not None}
    return not makers.isdisjoint({"trained", "rules"})


def _claim_lines(claim: Claim, *, contested: bool) -> list[str]:
    mark = orange(" · contested") if contested else ""
    words = f"“{harmless(claim.quote)}”" if claim.quote else harmless(claim.text)
    return [f"  {dim(harmless(claim.id))} {who(claim)}{mark}", wrapped(words, indent=6)]
