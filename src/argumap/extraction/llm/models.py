"""The boundary to pydantic-ai: which model a name means, one request, and its errors in words."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from pydantic_ai.direct import model_request
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelTimeoutError,
    UserError,
)
from pydantic_ai.messages import (
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    ToolCallPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters, infer_model
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.profiles import ModelProfile
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.usage import RequestUsage

from argumap.errors import ExtractionError
from argumap.extraction.llm.report import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from pydantic import BaseModel, JsonValue
    from pydantic_ai.messages import ModelMessage

__all__ = ["KEY", "has_price", "make_model", "send"]

KEY = "ARGUMAP_LLM_KEY"
# Before a colon these name a protocol; any other colon belongs to the model ("qwen3:8b").
_CHAT = ("openai", "openai-chat", "ollama", "vllm", "llamacpp", "litellm")
_RESPONSES = "openai-responses"
_OWN_SERVER = "openai-compatible"


def make_model(name: str, base_url: str | None) -> Model:
    """Return the model of that name.

    Args:
        name: As pydantic-ai takes it (``"openai:gpt-5-mini"``); with a `base_url` the name by which
            the server knows the model, with or without a protocol before it.
        base_url: Address of an OpenAI-compatible server, such as ``http://localhost:11434/v1``.

    Raises:
        ExtractionError: There is no such model, or its key is not in the environment.
    """
    try:
        if base_url is None:
            return infer_model(name)
        # A key for one host is not sent to another: OPENAI_API_KEY does not come here.
        # Ollama, vLLM and llama.cpp hold any model to a schema, while calls need some set-up there.
        provider = OpenAICompatibleProvider(
            _OWN_SERVER,
            base_url=base_url,
            api_key=os.environ.get(KEY),
            profile=ModelProfile(supports_json_schema_output=True),
        )
        prefix, _, rest = name.partition(":")
        if prefix == _RESPONSES and rest:
            return OpenAIResponsesModel(rest, provider=provider)
        return OpenAIChatModel(rest if rest and prefix in _CHAT else name, provider=provider)
    except (UserError, ValueError, ImportError) as fault:
        raise ExtractionError(f"the model {name!r} cannot be used: {_line(fault)}") from None


def has_price(model: Model) -> bool:
    """Whether the cost of a model's answers is known."""
    probe = ModelResponse(
        parts=[],
        usage=RequestUsage(input_tokens=1, output_tokens=1),
        model_name=model.model_name,
        provider_name=model.system,
        provider_url=model.base_url,
    )
    return _cost(probe) is not None


async def send(
    model: Model,
    instructions: str,
    turns: Sequence[str],
    shape: type[BaseModel],
    *,
    retries: int,
    timeout: float,  # noqa: ASYNC109 # a deadline over all attempts, kept by pydantic-ai
) -> tuple[str, bool, Usage]:
    """Ask once, and return the answer, whether it was cut off, and what it used.

    Args:
        model: The model.
        instructions: The prompt.
        turns: What was said: the question; then, when it is asked again, the answer and why not.
        shape: What the answer should look like.
        retries: How often a request is sent again after 429, 5xx or a lost connection.
        timeout: Seconds for the request with its retries.

    Raises:
        ExtractionError: There is no answer; says why.
    """
    settings = ModelSettings(max_retries=retries, timeout=timeout, request_timeout=timeout)
    try:
        response = await model_request(
            model,
            _messages(instructions, turns),
            model_settings=settings,
            model_request_parameters=_parameters(
                shape, by_schema=bool(model.profile.get("supports_json_schema_output"))
            ),
        )
    except (AgentRunError, UserError) as fault:
        raise ExtractionError(_in_words(model, fault, timeout)) from None
    return _text(response), response.finish_reason == "length", _usage(response)


def _messages(instructions: str, turns: Sequence[str]) -> list[ModelMessage]:
    messages: list[ModelMessage] = []
    for number, turn in enumerate(turns):
        if number == 0:
            messages.append(
                ModelRequest(parts=[SystemPromptPart(instructions), UserPromptPart(turn)])
            )
        elif number % 2:
            messages.append(ModelResponse(parts=[TextPart(turn)]))
        else:
            messages.append(ModelRequest(parts=[UserPromptPart(turn)]))
    return messages


@cache  # making a schema takes longer than sending it
def _parameters(shape: type[BaseModel], *, by_schema: bool) -> ModelRequestParameters:
    """Ask for JSON of a schema where the model can be held to it, else by way of a tool call."""
    schema: dict[str, JsonValue] = shape.model_json_schema()
    if by_schema:
        return ModelRequestParameters(
            output_mode="native",
            output_object=OutputObjectDefinition(
                json_schema=schema, name=shape.__name__, description=shape.__doc__
            ),
            allow_text_output=True,
        )
    tool = ToolDefinition(
        name="answer",
        description="Give the answer.",
        parameters_json_schema=schema,
        kind="output",
    )
    return ModelRequestParameters(output_mode="tool", output_tools=[tool], allow_text_output=False)


def _text(response: ModelResponse) -> str:
    calls = [part.args_as_json_str() for part in response.parts if isinstance(part, ToolCallPart)]
    texts = [part.content for part in response.parts if isinstance(part, TextPart)]
    return "\n".join(calls or texts)


def _usage(response: ModelResponse) -> Usage:
    cost = _cost(response)
    known = not response.usage.unmeasured_requests
    return Usage(
        requests=1,
        input_tokens=response.usage.input_tokens if known else None,
        output_tokens=response.usage.output_tokens if known else None,
        cost=None if cost is None else round(float(cost), 9),
    )


def _cost(response: ModelResponse) -> Decimal | None:
    if response.provider_name == _OWN_SERVER:
        return None  # the price that others ask for a model of this name says nothing here
    try:
        return response.cost().total_price
    except (LookupError, ValueError, AssertionError):
        return None  # unknown, which is not nothing


def _in_words(model: Model, fault: Exception, timeout: float) -> str:
    told = next((words for kind, words in _WORDS if isinstance(fault, kind)), None)
    if told is not None:
        told = told.format(timeout=timeout)
    elif isinstance(fault, ModelHTTPError):
        told = f"the server answers HTTP {fault.status_code}: {_detail(fault)}"
    elif isinstance(fault, ModelAPIError):
        told = f"the server cannot be reached or is no model server: {_line(fault)}"
    return f"{model.model_name}: {told or _line(fault)}"


_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (
        ModelAuthenticationError,
        f"the server refuses the key; keys come from the environment: OPENAI_API_KEY, or {KEY}",
    ),
    (ModelTimeoutError, "no answer within {timeout:g} seconds"),
    (ModelRequestTimeout, "no answer within {timeout:g} seconds"),
    (ModelQuotaExceededError, "the account's quota is used up"),
    (ModelRateLimitError, "the server is asked too often (HTTP 429), also after retries"),
    (
        ModelContextWindowExceededError,
        "the request is too long for the model; use a smaller max_chars",
    ),
)


def _detail(fault: Exception) -> str:
    body = getattr(fault, "body", None)
    message = body.get("message") if isinstance(body, dict) else body
    return _line(message) if message else "without a reason"


def _line(fault: object) -> str:
    """Return a message of somebody else on one short line."""
    text = " ".join(str(fault).split())
    return text if len(text) <= 300 else f"{text[:299]}…"
