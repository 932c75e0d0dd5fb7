"""Which extractor makes a map, as the options of a command say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from argumap._files import read_text
from argumap.cli.terminal import count, dim, say
from argumap.errors import FormatParseError

if TYPE_CHECKING:
    from argumap.extraction import Extractor
    from argumap.model import ArgumentMap

__all__ = [
    "BaseUrlOption",
    "CacheOption",
    "ExtractorOption",
    "MaxCostOption",
    "MinConfidenceOption",
    "ModelOption",
    "WeightsOption",
    "choose_extractor",
    "tell_usage",
]

ExtractorOption = Annotated[
    str | None,
    typer.Option(
        "--extractor",
        metavar="NAME",
        help="What makes the map of a thread: trained (the default), rules, or llm, a language "
        "model.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="The language model, such as openai:gpt-5-mini; the key comes from the environment.",
    ),
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="An OpenAI-compatible server of your own, such as http://localhost:11434/v1.",
    ),
]
MaxCostOption = Annotated[
    float | None,
    typer.Option("--max-cost", metavar="DOLLARS", min=0.0, help="Ask no more after this cost."),
]
MinConfidenceOption = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        metavar="P",
        min=0.0,
        max=1.0,
        help="Leave out claims and relations that are less sure than this.",
    ),
]
CacheOption = Annotated[
    str | None,
    typer.Option(
        "--cache", metavar="FILE", help="Keep the model's answers, so that a run can go on."
    ),
]
WeightsOption = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="FILE",
        help="Weights of your own for the trained extractor, as 'argumap train' writes them.",
    ),
]


def choose_extractor(
    name: str | None,
    *,
    weights: str | None,
    model: str | None,
    base_url: str | None,
    max_cost: float | None,
    cache: str | None,
) -> str | Extractor:
    """Return the extractor that is meant.

    Raises:
        UnknownNameError: There is none of that name.
        FormatParseError: The file of weights cannot be read.
        ExtractionError: It holds no weights, or damaged ones.
        typer.BadParameter: An option is given that is for another extractor.
    """
    from argumap.extraction import EXTRACTORS

    chosen = name or "trained"
    EXTRACTORS[chosen]
    if weights is not None:
        if chosen != "trained":
            raise typer.BadParameter(f"--weights is for --extractor trained, not for {chosen}")
        from argumap.extraction.trained import TrainedExtractor
        from argumap.extraction.trained.head import load_heads

        return TrainedExtractor(load_heads(read_text(weights, FormatParseError), source=weights))
    if chosen == "llm":
        from argumap.extraction.llm import LLMExtractor

        return LLMExtractor(model, base_url=base_url, max_cost=max_cost, cache=cache)
    given = {"--model": model, "--base-url": base_url, "--max-cost": max_cost, "--cache": cache}
    for option, value in given.items():
        if value is not None:
            raise typer.BadParameter(f"{option} is for --extractor llm, not for {chosen}")
    return chosen


def tell_usage(argmap: ArgumentMap) -> None:
    """Tell what a language model used for a map, and how much of its answers was rejected."""
    if "llm" not in (argmap.extra or {}):
        return
    from argumap.extraction.llm import Provenance

    provenance = Provenance.of(argmap)
    if provenance is None:
        return
    usage = provenance.usage
    parts = [count(usage.requests, "request")]
    if usage.input_tokens is not None and usage.output_tokens is not None:
        parts.append(f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out")
    parts.append("cost unknown" if usage.cost is None else f"{usage.cost:.4f} dollars")
    if provenance.rejected:
        parts.append(f"{count(len(provenance.rejected), 'item')} of its answers rejected")
    say(dim(f"{provenance.model}: {'; '.join(parts)}"))
