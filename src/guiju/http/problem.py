"""Refusals as ``application/problem+json`` (RFC 9457): every answer that is no success is one of these.

``type`` names the kind and never changes its meaning; ``problems`` names each mistake in what was sent, with
its place. Nothing of the program's inside is told: that stands in the log, under the request id.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from guiju.decisions.problems import Problem
from guiju.dsl.source import Bilingual

MEDIA_TYPE: Final = "application/problem+json"


class Kind(enum.Enum):
    """The kinds of refusal: the name in ``type``, the status, the title in Chinese and English."""

    MALFORMED = ("malformed", 400, "正文不是可接受的 JSON", "The body is no acceptable JSON")
    UNAUTHORIZED = ("unauthorized", 401, "需要有效的密钥", "A valid key is needed")
    NOT_FOUND = ("not-found", 404, "没有这个地址", "There is nothing here")
    METHOD = ("method-not-allowed", 405, "此地址不接受这种方法", "This address does not take that method")
    TOO_SLOW = ("too-slow", 408, "正文没有在时限内到齐", "The body did not arrive in time")
    TOO_LARGE = ("too-large", 413, "正文过大", "The body is too large")
    MEDIA = ("unsupported-media-type", 415, "不接受这种内容类型", "This type of content is not taken")
    INVALID = ("invalid-input", 422, "输入有误", "The input has mistakes")
    INTERNAL = ("internal-error", 500, "内部错误", "Internal error")
    BUSY = ("busy", 503, "请求过多，请稍后再试", "Too many requests; come again")
    TIMEOUT = ("timeout", 503, "没有在时限内答出", "No answer in time")
    NO_LOG = ("log-unavailable", 503, "决定日志不可写，因此不作答", "No answer: it could not be recorded")
    NO_KEYS = ("keys-unavailable", 503, "密钥文件不可用", "The file of keys cannot be used")
    NOT_READY = ("not-ready", 503, "尚不能作答", "Not ready to answer")
    STOPPING = ("stopping", 503, "服务正在停止", "The service is stopping")

    def __init__(self, slug: str, status: int, zh: str, en: str) -> None:
        self.slug = slug
        self.status = status
        self.title = Bilingual(zh, en)

    @property
    def type(self) -> str:
        """The URI that names the kind."""
        return f"urn:guiju:problem:{self.slug}"


class Refused(Exception):
    """A request that is not answered.

    Attributes:
        kind: Why.
        detail: What about this request, where there is more to say than the title.
        problems: The mistakes in what was sent.
        headers: What else the answer must carry.
    """

    def __init__(
        self,
        kind: Kind,
        detail: Bilingual | None = None,
        problems: Iterable[Problem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.slug)
        self.kind = kind
        self.detail = detail or kind.title
        self.problems = tuple(problems)
        self.headers = dict(headers or {})


def document(refused: Refused, request_id: str) -> dict[str, Any]:
    """The body of the answer to a refused request."""
    return {
        "type": refused.kind.type,
        "title": both(refused.kind.title),
        "status": refused.kind.status,
        "detail": both(refused.detail),
        "request_id": request_id,
        "problems": [each.to_dict() for each in refused.problems],
    }


def both(text: Bilingual) -> str:
    """A text in both languages where the standard wants one string."""
    return text.zh if text.zh == text.en else f"{text.zh} / {text.en}"


def to_json(value: object) -> bytes:
    """``value`` as one line of JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
