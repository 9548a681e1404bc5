"""The matcher process: has its forks answer questions and sees how each ends. It runs no solver, so it cannot hang."""

import gc
import os
import resource
import select
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from time import monotonic
from typing import Any

import structlog
from msgspec.structs import replace

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

STAYING = 2
"""Forks kept for the next round of their event: some 150 MB each with the lists of ten thousand people."""
STAY_S = 3_600.0
"""How long a fork waits for that round: longer than breaks are."""

Work = Callable[[Question, bool], int | None]
"""Answers a question, greedily or well: how many people it was about; None when nobody wants the answer any more."""
DONE, FAILED, OVERTAKEN = 0, 1, 3
"""Exit codes of a fork."""


@dataclass(frozen=True)
class Attempt:
    """One question being answered."""

    question: Question
    began: float
    why: str = ""
    """Why greedy rooms are made; empty for a solver."""


@dataclass
class Fork:
    """A process of ours: at work, or staying for the next round of its event with all it has worked out."""

    pid: int
    ended: int
    """The descriptor that tells of the end."""
    line: socket.socket
    """Message by message: a question to it, a word of it when it has answered and stays."""
    event: EventId
    attempt: Attempt | None


class Matcher:
    """Takes questions from one worker and answers each in a process of its own."""

    def __init__(self, line: socket.socket, work: Work, stay_from: int) -> None:
        self._line = line
        self._work = work
        self._stay_from = stay_from
        self._unread = b""
        self._waiting: dict[EventId, tuple[Question, float]] = {}
        """With the instant by which each must be answered; the newest question of an event replaces the others."""
        self._forks: dict[int, Fork] = {}
        """By `ended`, the oldest first."""
        self._lines: dict[int, Fork] = {}
        """The same by their line."""
        self._poll = select.poll()
        self._poll.register(line, select.POLLIN)

    def serve(self) -> None:
        """Say that we are ready, and work until the worker hangs up."""
        self._line.sendall(READY)
        while True:
            for descriptor, _ in self._poll.poll(self._pause_ms()):
                if descriptor in self._lines:
                    self._hear(self._lines[descriptor])
                elif descriptor in self._forks:
                    self._end(self._forks[descriptor])
                elif descriptor == self._line.fileno() and not self._listen():
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
        for fork in self._forks.values():
            if fork.event == question.event and fork.attempt:
                if fork.attempt.question.request == question.request:
                    return
                os.kill(fork.pid, signal.SIGKILL)  # nobody wants that answer any more
        if len(self._waiting) < MOST_WAITING or question.event in self._waiting:
            self._waiting[question.event] = (question, monotonic() + question.within_ms / 1000)
        else:
            self._tell(question, "failed", 0.0, "full")

    def _begin(self) -> None:
        """See to those who wait: a solver while one is free, greedy rooms for whoever cannot wait longer."""
        for event, (question, due) in list(self._waiting.items()):
            attempts = [fork.attempt for fork in self._forks.values() if fork.attempt]
            if any(attempt.question.event == event for attempt in attempts):
                continue
            now = monotonic()
            if due <= now:
                del self._waiting[event]
                self._fork(Attempt(question, now, "waited"), GREEDY_S)
            elif sum(not attempt.why for attempt in attempts) < AT_ONCE:
                del self._waiting[event]
                self._solve(Attempt(question, now), due - now)

    def _solve(self, attempt: Attempt, seconds: float) -> None:
        """Ask who has stayed for this event, or somebody new."""
        question = replace(attempt.question, within_ms=int(seconds * 1000))
        for fork in self._lines.values():
            if fork.event == question.event:
                with suppress(OSError):  # it may have ended this moment
                    fork.line.sendall(encode_line(question))
                    fork.attempt = attempt
                    return
        self._fork(attempt, seconds)

    def _fork(self, attempt: Attempt, seconds: float) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        parent, pid = os.getpid(), os.fork()
        if pid == 0:
            code = FAILED
            try:
                end_with(parent)
                self._line.close()
                code = self._be_a_fork(attempt, seconds, theirs)
            except BaseException:
                question = attempt.question
                log.exception("broke", event_id=question.event, request=question.request, greedy=bool(attempt.why))
            finally:
                os._exit(code)
        theirs.close()
        fork = Fork(pid, os.pidfd_open(pid), ours, attempt.question.event, attempt)
        self._forks[fork.ended] = self._lines[ours.fileno()] = fork
        self._poll.register(fork.ended, select.POLLIN)
        self._poll.register(ours, select.POLLIN)

    def _be_a_fork(self, attempt: Attempt, seconds: float, line: socket.socket) -> int:
        """What runs in a fork; its exit code. The kernel ends it when it is late, or has stayed too long."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        if attempt.why:
            end_within(seconds)
            return OVERTAKEN if self._work(attempt.question, True) is None else DONE
        os.nice(PATIENCE)
        question = attempt.question
        while True:
            end_within(seconds)
            people = self._work(question, False)
            if people is None:
                return OVERTAKEN
            if people < self._stay_from:
                return DONE
            signal.setitimer(signal.ITIMER_REAL, STAY_S)
            line.sendall(READY)
            asked = line.recv(READ_BYTES)
            signal.setitimer(signal.ITIMER_REAL, 0)
            question = decode_question(asked)
            seconds = question.within_ms / 1000

    def _hear(self, fork: Fork) -> None:
        """A fork has answered and stays; those who have stayed longest go, where they are too many."""
        if not fork.line.recv(READ_BYTES):
            self._hang_up(fork)  # its end is told by the other descriptor
            return
        assert fork.attempt
        self._tell(fork.attempt.question, "found", monotonic() - fork.attempt.began)
        fork.attempt = None
        self._forks[fork.ended] = self._forks.pop(fork.ended)
        staying = [one for one in self._forks.values() if not one.attempt]
        for one in staying[: max(0, len(staying) - STAYING)]:
            self._hang_up(one)
            os.kill(one.pid, signal.SIGKILL)

    def _hang_up(self, fork: Fork) -> None:
        if self._lines.pop(fork.line.fileno(), None):
            self._poll.unregister(fork.line)
            fork.line.close()

    def _end(self, fork: Fork) -> None:
        """A fork is over: say so, or have greedy rooms made instead."""
        self._hang_up(fork)
        self._poll.unregister(fork.ended)
        os.close(fork.ended)
        del self._forks[fork.ended]
        code = os.waitstatus_to_exitcode(os.waitpid(fork.pid, 0)[1])
        attempt = fork.attempt
        if not attempt:
            return
        question, took = attempt.question, monotonic() - attempt.began
        if code == DONE:
            self._tell(question, "greedy" if attempt.why else "found", took, attempt.why)
        elif code == OVERTAKEN or question.event in self._waiting:
            self._tell(question, "overtaken", took)
        elif attempt.why:
            self._tell(question, "failed", took, f"{attempt.why}, then {_in_words(code)}")
        else:
            self._fork(Attempt(question, attempt.began, _in_words(code)), GREEDY_S)

    def _tell(self, question: Question, how: How, took: float, why: str = "") -> None:
        self._line.sendall(encode_line(Outcome(question.event, question.request, how, int(took * 1000), why)))


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
    stay_from: int
    """People from whom a solver stays for the next round of its event."""


def run(settings: Settings, terms: Terms) -> None:
    """Be the matcher process of a worker until it hangs up."""
    end_with(terms.parent)
    logs.set_up(settings.log_level, worker=terms.worker)
    solvers: tuple[Solver, Solver] = (_named(terms.solver), _named(terms.greedy))

    def work(question: Question, greedily: bool) -> int | None:
        return answer(question, solvers[greedily], settings.redis_url, settings.redis_timeout_ms / 1000)

    gc.freeze()  # forks share what is loaded now for as long as nobody writes to it
    with socket.socket(fileno=terms.line) as ours:
        Matcher(ours, work, terms.stay_from).serve()


def _named(name: str) -> Any:
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
