"""The rules again, with judgement learned from annotated threads where that is better."""

from argumap.extraction.trained.extractor import TrainedExtractor

__all__ = ["TrainedExtractor"]
