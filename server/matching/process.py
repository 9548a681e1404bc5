"""The matcher process: forks once a question and sees how each fork ends. It runs no solver, so it cannot hang."""

import gc
import os
import resource
import select
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from time import monotonic
from typing import Any

import structlog

from rooms.language.ids import EventId
from server import logs
from server.kin import end_with
from server.matching.questions import How, Outcome, Question, decode_question, encode_line
from server.matching.solving import Solver, answer, end_within
from server.settings import Settings

log = structlog.get_logger("matcher")

AT_ONCE = 2
"""Solvers at a time: one that hangs leaves the other for other events. Greedy rooms wait for nobody."""
MOST_WAITING = 1_000
"""Events that may wait for a solver; each waits at most once."""
GREEDY_S = 10.0
"""When greedy rooms are given up: ten thousand people need a second, mostly to be read and told, and more if busy."""
PATIENCE = 5
"""Niceness of solvers: whoever serves people goes first."""
MEMORY_BYTES = 2 << 30
"""A solver that wants more has gone wrong, and must not take the machine with it."""
READ_BYTES = 64 * 1024
READY = b"\n"

Work = Callable[[Question, bool], bool]
"""Answers a question, greedily or well; False when nobody wants the answer any more."""
DONE, FAILED, OVERTAKEN = 0, 1, 3
"""Exit codes of a fork."""


@dataclass(frozen=True)
class Attempt:
    """One fork at work."""

    question: Question
    pid: int
    began: float
    why: str = ""
    """Why it makes greedy rooms; empty for a solver."""


class Matcher:
    """Takes questions from one worker and answers each in a process of its own."""

    def __init__(self, line: socket.socket, work: Work) -> None:
        self._line = line
        self._work = work
        self._unread = b""
        self._waiting: dict[EventId, tuple[Question, float]] = {}
        """With the instant by which each must be answered; the newest question of an event replaces the others."""
        self._attempts: dict[int, Attempt] = {}
        """By the descriptor that tells of the end."""
        self._poll = select.poll()
        self._poll.register(line, select.POLLIN)

    def serve(self) -> None:
        """Say that we are ready, and work until the worker hangs up."""
        self._line.sendall(READY)
        while True:
            for descriptor, _ in self._poll.poll(self._pause_ms()):
                if descriptor != self._line.fileno():
                    self._end(descriptor)
                elif not self._listen():
                    return
            self._begin()

    def _pause_ms(self) -> int | None:
        """How long nothing is to be done unless something is heard; forks at work are ended by the kernel."""
        if not self._waiting:
            return None
        return max(0, int((min(due for _, due in self._waiting.values()) - monotonic()) * 1000) + 1)

    def _listen(self) -> bool:
        """Take what the worker says; False when it is gone."""
        data = self._line.recv(READ_BYTES)
        *lines, self._unread = (self._unread + data).split(b"\n")
        for line in lines:
            self._take(decode_question(line))
        return bool(data)

    def _take(self, question: Question) -> None:
        for attempt in self._attempts.values():
            if attempt.question.event == question.event:
                if attempt.question.request == question.request:
                    return
                os.kill(attempt.pid, signal.SIGKILL)  # nobody wants that answer any more
        if len(self._waiting) < MOST_WAITING or question.event in self._waiting:
            self._waiting[question.event] = (question, monotonic() + question.within_ms / 1000)
        else:
            self._tell(question, "failed", 0.0, "full")

    def _begin(self) -> None:
        """Fork for those who wait: a solver while one is free, greedy rooms for whoever cannot wait longer."""
        for event, (question, due) in list(self._waiting.items()):
            if any(attempt.question.event == event for attempt in self._attempts.values()):
                continue
            now = monotonic()
            if due <= now:
                del self._waiting[event]
                self._fork(question, now, GREEDY_S, "waited")
            elif sum(not attempt.why for attempt in self._attempts.values()) < AT_ONCE:
                del self._waiting[event]
                self._fork(question, now, due - now)

    def _fork(self, question: Question, began: float, seconds: float, why: str = "") -> None:
        parent, pid = os.getpid(), os.fork()
        if pid == 0:
            code = FAILED
            try:
                end_with(parent)
                self._line.close()
                code = _work_within(self._work, question, seconds, greedy=bool(why))
            except BaseException:
                log.exception("broke", event_id=question.event, request=question.request, greedy=bool(why))
            finally:
                os._exit(code)
        descriptor = os.pidfd_open(pid)
        self._attempts[descriptor] = Attempt(question, pid, began, why)
        self._poll.register(descriptor, select.POLLIN)

    def _end(self, descriptor: int) -> None:
        """A fork is over: say so, or have greedy rooms made instead."""
        self._poll.unregister(descriptor)
        os.close(descriptor)
        attempt = self._attempts.pop(descriptor)
        code = os.waitstatus_to_exitcode(os.waitpid(attempt.pid, 0)[1])
        question, took = attempt.question, monotonic() - attempt.began
        if code == DONE:
            self._tell(question, "greedy" if attempt.why else "found", took, attempt.why)
        elif code == OVERTAKEN or question.event in self._waiting:
            self._tell(question, "overtaken", took)
        elif attempt.why:
            self._tell(question, "failed", took, f"{attempt.why}, then {_in_words(code)}")
        else:
            self._fork(question, attempt.began, GREEDY_S, _in_words(code))

    def _tell(self, question: Question, how: How, took: float, why: str = "") -> None:
        self._line.sendall(encode_line(Outcome(question.event, question.request, how, int(took * 1000), why)))


def _work_within(work: Work, question: Question, seconds: float, *, greedy: bool) -> int:
    """What runs in a fork; its exit code."""
    end_within(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    if not greedy:
        os.nice(PATIENCE)
    return DONE if work(question, greedy) else OVERTAKEN


def _in_words(code: int) -> str:
    if code == -signal.SIGALRM:
        return "late"
    return f"signal {-code}" if code < 0 else f"exit {code}"


@dataclass(frozen=True)
class Terms:
    """On which a worker starts its matcher process."""

    worker: str
    """Its name, for the log."""
    parent: int
    """Its process id."""
    line: int
    """Descriptor of our end of the socket to it."""
    solver: str
    """`package.module:function`; so is `greedy`."""
    greedy: str


def run(settings: Settings, terms: Terms) -> None:
    """Be the matcher process of a worker until it hangs up."""
    end_with(terms.parent)
    logs.set_up(settings.log_level, worker=terms.worker)
    solvers: tuple[Solver, Solver] = (_named(terms.solver), _named(terms.greedy))

    def work(question: Question, greedily: bool) -> bool:
        return answer(question, solvers[greedily], settings.redis_url, settings.redis_timeout_ms / 1000)

    gc.freeze()  # forks share what is loaded now for as long as nobody writes to it
    with socket.socket(fileno=terms.line) as ours:
        Matcher(ours, work).serve()


def _named(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
