"""Ask the service about one case."""

import os
from typing import Any

import httpx

URL = os.environ.get("GUIJU_URL", "http://127.0.0.1:8000")


class Refused(Exception):
    """What was sent has mistakes: each with its place, what is wrong, and what would be right."""


def decide(case: dict[str, Any], question: str, on: str, at: str) -> dict[str, Any]:
    """The decision on ``case``, with its place in the decision log of the service."""
    response = httpx.post(
        f"{URL}/v1/decide",
        json={"case": case, "question": question, "on": on, "at": at},
        headers={"Authorization": f"Bearer {os.environ['GUIJU_KEY']}"},
        timeout=10,
    )
    if response.status_code == 422:  # nothing was answered
        problems = response.json()["problems"]
        raise Refused("; ".join(f"{p['path']}: {p['message']['en']} ({p['expected']})" for p in problems))
    response.raise_for_status()  # 401 a wrong key; 503 busy: come again after Retry-After
    return response.json()
