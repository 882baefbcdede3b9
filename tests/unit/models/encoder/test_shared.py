"""Calls from several threads share rounds, fairly, and none of them is ever left waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest

from models.encoder.backend import RawOutput
from models.encoder.config import NetworkConfig
from models.encoder.encoder import Encoded, Window
from models.encoder.shared import SharedEncoder
from models.errors import QueueFullError

PATIENCE = 10


class SteppingEncoder:
    """One token a character, windows of 8; runs a round only when it is let, and remembers the windows of each."""

    backend_name = "stepping"
    config = NetworkConfig(8, 1, 2, 16, 32, 32, 1e-12, ("a", "b"), ("x", "y", "z"), max_tokens=8)

    def __init__(self) -> None:
        self.rounds: list[list[str]] = []
        self.begun = threading.Semaphore(0)
        self.let = threading.Semaphore(0)

    def windows(self, texts: Sequence[str]) -> list[Window]:
        return [
            Window(number, tuple(map(ord, text[start : start + 8])), ())
            for number, text in enumerate(texts)
            for start in range(0, len(text), 8)
        ]

    def infer(self, windows: Sequence[Window]) -> list[RawOutput]:
        self.rounds.append(["".join(map(chr, window.ids)) for window in windows])
        self.begun.release()
        assert self.let.acquire(timeout=PATIENCE)
        if any(ord("!") in window.ids for window in windows):
            raise ZeroDivisionError
        totals = [np.array([sum(window.ids)], dtype=np.float32) for window in windows]
        return [RawOutput(total, total, total, total) for total in totals]

    def join(self, texts: int, windows: Sequence[Window], outputs: Sequence[RawOutput]) -> list[Encoded]:
        totals = np.zeros(texts, dtype=np.float32)
        for window, output in zip(windows, outputs, strict=True):
            totals[window.text] += output.role[0]
        return [Encoded(total, total, total, (), total) for total in totals]

    def encode(self, texts: Sequence[str]) -> list[Encoded]:
        windows = self.windows(texts)
        return self.join(len(texts), windows, self.infer(windows))

    def await_round(self) -> None:
        assert self.begun.acquire(timeout=PATIENCE)

    def finish_round(self, times: int = 1) -> None:
        self.let.release(times)


@pytest.fixture
def stepping() -> SteppingEncoder:
    return SteppingEncoder()


@pytest.fixture
def pool():
    with ThreadPoolExecutor(max_workers=12) as pool:
        yield pool


def make(encoder: SteppingEncoder, **sizes: int) -> SharedEncoder:
    return SharedEncoder(encoder, **{"max_waiting": 16, "round_texts": 4, "round_tokens": 16, **sizes})


def until(condition: Callable[[], bool]) -> None:
    for _ in range(PATIENCE * 100):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("nothing came")


def ask(pool: ThreadPoolExecutor, shared: SharedEncoder, *texts: str) -> Future[list[Encoded]]:
    """Send a call and wait until its first piece stands in the line."""
    before = len(shared._waiting)
    answer = pool.submit(shared.encode, texts)
    until(lambda: len(shared._waiting) > before)
    return answer


def begin(pool: ThreadPoolExecutor, shared: SharedEncoder, encoder: SteppingEncoder, *texts: str):
    """Send a call and wait until the worker is busy with it."""
    answer = pool.submit(shared.encode, texts)
    encoder.await_round()
    return answer


def test_calls_that_wait_together_share_a_round(stepping, pool) -> None:
    shared = make(stepping)
    answers = [begin(pool, shared, stepping, "甲"), *(ask(pool, shared, char) for char in "乙丙丁")]
    stepping.finish_round(2)

    assert [answer.result(PATIENCE)[0].role for answer in answers] == [ord(char) for char in "甲乙丙丁"]
    assert stepping.rounds == [["甲"], ["乙", "丙", "丁"]]
    shared.close()


def test_texts_come_back_in_their_order_however_they_were_cut(stepping) -> None:
    shared = make(stepping)
    stepping.finish_round(99)
    texts = ["丙" * 20, "甲", "", "乙" * 5, "丁" * 9, *"戊己庚辛壬癸"]

    assert [answer.role for answer in shared.encode(texts)] == [sum(map(ord, text)) for text in texts]
    assert shared.encode([]) == []
    shared.close()


def test_a_small_call_waits_for_one_piece_of_a_long_text_not_for_all_of_it(stepping, pool) -> None:
    shared = make(stepping)
    long = begin(pool, shared, stepping, "长" * 800)
    small = ask(pool, shared, "短")
    stepping.finish_round(2)

    assert small.result(PATIENCE)[0].role == ord("短")
    assert not long.done()
    assert stepping.rounds[1] == ["短"]
    stepping.finish_round(99)
    assert long.result(PATIENCE)[0].role == 800 * ord("长")
    shared.close()


def test_two_long_texts_and_a_small_one_take_turns(stepping, pool) -> None:
    shared = make(stepping)
    first = begin(pool, shared, stepping, "一" * 64)
    second = ask(pool, shared, "二" * 64)
    small = ask(pool, shared, "短")
    stepping.finish_round(99)

    for answer in (first, second, small):
        answer.result(PATIENCE)
    assert stepping.rounds[:3] == [["一" * 8] * 2, ["二" * 8] * 2, ["短"]]
    shared.close()


def test_no_round_exceeds_its_bounds(stepping, pool) -> None:
    shared = make(stepping)
    stepping.finish_round(999)
    texts = ["长" * 30, "中" * 7, *"零" * 9]
    answers = [pool.submit(shared.encode, texts) for _ in range(8)]

    for answer in answers:
        answer.result(PATIENCE)
    assert all(len(windows) <= 4 and sum(map(len, windows)) <= 16 for windows in stepping.rounds)
    assert sum(sum(map(len, windows)) for windows in stepping.rounds) == 8 * sum(map(len, texts))
    shared.close()


def test_closing_answers_what_waits_and_refuses_the_rest_of_a_long_call(stepping, pool) -> None:
    shared = make(stepping)
    long = begin(pool, shared, stepping, "长" * 800)
    small = ask(pool, shared, "短")
    closing = pool.submit(shared.close)
    until(lambda: shared._closed)
    stepping.finish_round(99)

    assert small.result(PATIENCE)[0].role == ord("短")
    with pytest.raises(QueueFullError):
        long.result(PATIENCE)
    closing.result(PATIENCE)
    with pytest.raises(QueueFullError):
        shared.encode(["后"])
    assert len(stepping.rounds) == 2


def test_closing_in_the_midst_of_many_calls_leaves_none_of_them_waiting(stepping, pool) -> None:
    shared = make(stepping)
    stepping.finish_round(9999)
    answers = [pool.submit(shared.encode, ["长" * 2000]) for _ in range(10)]
    stepping.await_round()
    shared.close()

    for answer in answers:
        error = answer.exception(PATIENCE)
        assert error is None or isinstance(error, QueueFullError)
    shared.close()


def test_more_calls_than_places_are_refused(stepping, pool) -> None:
    shared = make(stepping, max_waiting=1)
    first = begin(pool, shared, stepping, "甲")

    with pytest.raises(QueueFullError):
        shared.encode(["乙"])
    stepping.finish_round()
    first.result(PATIENCE)
    shared.close()


def test_an_error_reaches_its_caller_and_the_next_call_is_answered(stepping) -> None:
    shared = make(stepping)
    stepping.finish_round(2)

    with pytest.raises(ZeroDivisionError):
        shared.encode(["!"])
    assert shared.encode(["好"])[0].role == ord("好")
    shared.close()
