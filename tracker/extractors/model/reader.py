"""The reader itself: ask, grade, ask once more when the answer is not in the form."""

from collections.abc import Callable, Mapping, Sequence

from tracker.domain.claim import Claim
from tracker.domain.document import Document
from tracker.errors import InputError
from tracker.extractors.extractor import Extractor
from tracker.extractors.knowledge import Knowledge
from tracker.extractors.model.answer import grade
from tracker.extractors.model.question import FORM, VERSION, Message, again, messages

NAME = "model"

Ask = Callable[[Sequence[Message], Mapping[str, object]], str]
"""Gives the model's answer to messages, in the form of a JSON Schema when the model can. Raises ReaderUnavailableError."""
Tell = Callable[[Document, Sequence[str]], None]
"""Is told of each document why some of the answer was not believed."""


def reader(model: str, ask: Ask, tell: Tell) -> Extractor:
    """Return the extractor that asks `model`.

    It answers differently from one call to the next, so its claims hold as recorded and are never worked out again. Raises
    InputError for a document to which no answer in the form comes, which parks it; what `ask` raises stops the reading.
    """

    def find(document: Document, knowledge: Knowledge) -> tuple[Claim, ...]:
        answer = ask(messages(document), FORM)
        try:
            graded = grade(answer, document, knowledge.catalog)
        except ValueError as problem:
            second = ask(again(document, answer, str(problem)), FORM)
            try:
                graded = grade(second, document, knowledge.catalog)
            except ValueError as error:
                raise InputError(document.ref.public_id, f"{model} gives no answer in the form: {error}") from None
        if graded.refused:
            tell(document, graded.refused)
        return graded.claims

    return Extractor(name=NAME, version=f"{model}.{VERSION}", find=find, costly=True)
