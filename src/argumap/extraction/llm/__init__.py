"""Extraction by a language model, held to the words of the thread.

The parts that talk to models are the extra ``argumap[llm]``; they load when a thread is read.
"""

from argumap.extraction.llm.extractor import LLMExtractor
from argumap.extraction.llm.report import Extraction, Provenance, Rejected, Usage

__all__ = ["Extraction", "LLMExtractor", "Provenance", "Rejected", "Usage"]
