"""When: durable jobs that survive a crash; the only file that knows DBOS.

Our tables are the truth; the engine only promises that a job with an id runs at least once. No job waits for a person.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from dbos import DBOS, DBOSClient, DBOSConfig

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from sqlalchemy import Connection

log = logging.getLogger("candor.engine")

# A queue starts at most `worker_concurrency` jobs per poll (`engine` page): sized so that a flood of batches of 100
# keeps the machine busy, and one that kills its process harms nobody else.
_QUEUES: Mapping[str, tuple[int, float]] = {"prepare": (4, 0.1), "alone": (1, 1.0), "publish": (20, 0.1)}
"""For each queue: how many jobs at once, and seconds between two polls (nobody waits for what is tried again alone)."""
_RECOVERIES = 2
"""How often a job whose process died is begun again before it ends for good."""
_SECONDS_TO_FINISH = 3
_UNFINISHED = ["PENDING", "ENQUEUED", "DELAYED"]


class Transaction(Protocol):
    """What a job is promised in: the caller's own transaction."""

    @property
    def connection(self) -> Connection | None:
        """The open SQLAlchemy connection."""


class Engine:
    """Fits the pipeline's port `Jobs`."""

    def __init__(self, url: str, *, machine: str = "candor-1") -> None:
        self.url = url
        self.machine = machine
        self.patience = _SECONDS_TO_FINISH
        self.client: DBOSClient | None = None

    async def start(self, bodies: Mapping[str, Callable[..., Awaitable[None]]]) -> None:
        """Begin (again) what was promised; `bodies` names what runs for each job."""
        logging.getLogger("dbos").setLevel(logging.ERROR)
        DBOS(config=self._config())
        for name, body in bodies.items():
            DBOS.workflow(name=name, max_recovery_attempts=_RECOVERIES)(_named(name, body))
        DBOS.launch()
        engine_log = logging.getLogger("dbos")
        engine_log.handlers.clear()  # one log, ours: a line each, secrets blacked out
        engine_log.propagate = True
        for queue, (at_once, pause) in _QUEUES.items():
            await DBOS.register_queue_async(queue, worker_concurrency=at_once, polling_interval_sec=pause)
        self.client = await asyncio.to_thread(DBOSClient, system_database_url=self.url)

    def enqueue(self, rows: Transaction, job: str, id: str, *subject: object, queue: str | None = None) -> None:
        """Promise a job inside the caller's transaction: both are kept, or neither. The same id again is no second job."""
        if self.client is None or rows.connection is None:
            raise RuntimeError(
                "the engine is started before anything is promised, and promises need a writing transaction"
            )
        options: Any = {"queue_name": queue or job, "workflow_name": job, "workflow_id": id, "app_version": "1"}
        self.client.enqueue_in_transaction(rows.connection, options, *subject)

    async def unfinished(self, job: str) -> list[tuple[object, ...]]:
        """The subjects of all jobs of this name that have not ended."""
        running = await DBOS.list_workflows_async(name=job, status=_UNFINISHED, load_input=True, load_output=False)
        return [tuple(status.input["args"]) for status in running if status.input]

    async def promised_so_far(self, prefix: str) -> int:
        """How many jobs were ever promised whose id is this and a running number; those tidied away count too."""
        newest = await DBOS.list_workflows_async(
            workflow_id_prefix=prefix, sort_desc=True, limit=1, load_input=False, load_output=False
        )
        return 1 + int(newest[0].workflow_id.removeprefix(prefix)) if newest else 0

    async def tidy(self, completed_before: datetime) -> None:
        """Drop the engine's own rows of finished jobs; ours tell the story."""
        done = await DBOS.list_workflows_async(
            status=["SUCCESS", "ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "CANCELLED"],
            completed_before=completed_before.isoformat(), limit=5_000, load_input=False, load_output=False,
        )  # fmt: skip
        if done:
            await DBOS.delete_workflows_async([status.workflow_id for status in done])

    async def stop(self) -> None:
        """Give running jobs a moment to finish; what has not ended begins again at the next start."""
        if self.client is None:
            return
        running = await DBOS.list_workflows_async(status="PENDING", limit=1, load_input=False, load_output=False)
        patience = (
            self.patience if running else 0
        )  # the library waits a whole second before it looks for the first time
        client, self.client = self.client, None
        # A thread of our own: DBOS has put its executor under this loop, and takes it away again when it ends.
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as aside:
            await loop.run_in_executor(aside, _destroy, client, patience)
        loop.set_default_executor(ThreadPoolExecutor())

    def _config(self) -> DBOSConfig:
        return {
            "name": "candor", "system_database_url": self.url, "application_version": "1", "executor_id": self.machine,
            "log_level": "ERROR", "max_executor_threads": 24, "use_listen_notify": False,
        }  # fmt: skip


def _destroy(client: DBOSClient, patience: int) -> None:
    logging.getLogger("dbos").setLevel(logging.CRITICAL)  # jobs that are cut short begin again: no news for a log
    client.destroy()
    DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience)


def _named(name: str, body: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The body under the name by which the engine finds it again after a restart."""

    async def job(*subject: object) -> None:
        await body(*subject)

    job.__qualname__ = job.__name__ = name
    return job
