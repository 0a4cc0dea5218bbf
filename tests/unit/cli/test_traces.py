"""Stretches of work reach a real collector, under the ids of the work; and nobody is asked without one."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent import futures
from pathlib import Path
from typing import Any, cast

import grpc
import pytest
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as messages
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2_grpc as service

from domain.span import Traces, span
from settings import worker_environment

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from cli.traces import configure
from domain.span import span
from domain.trail import follow
provider = configure("1.2.3")
follow(run_id="r1", job_id="j1")
with span("job render", attempt=2):
    with span("box", program="python"):
        pass
provider.shutdown()
"""


class Collector(service.TraceServiceServicer):
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[messages.ExportTraceServiceRequest] = []

    def Export(self, request: Any, context: object) -> Any:
        self.sent.append(request)
        return messages.ExportTraceServiceResponse()


@pytest.fixture
def collector() -> Iterator[tuple[Collector, str]]:
    collector, server = Collector(), grpc.server(futures.ThreadPoolExecutor(2))
    cast(Any, service).add_TraceServiceServicer_to_server(collector, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield collector, f"http://127.0.0.1:{port}"
    server.stop(0).wait()


def test_a_collector_is_told_what_was_done_for_whom(collector: tuple[Collector, str]) -> None:
    kept, url = collector
    environment = worker_environment() | {"OTEL_EXPORTER_OTLP_ENDPOINT": url}
    subprocess.run([sys.executable, "-c", PROGRAM], env=environment, cwd=ROOT, check=True, timeout=40)
    (resource,) = kept.sent[0].resource_spans
    about = {each.key: each.value.string_value for each in resource.resource.attributes}
    assert (about["service.name"], about["service.version"]) == ("director", "1.2.3")
    box, job = resource.scope_spans[0].spans
    assert (box.name, job.name, box.parent_span_id) == ("box", "job render", job.span_id)
    said = {each.key: each.value for each in job.attributes}
    assert (said["director.run_id"].string_value, said["director.attempt"].int_value) == ("r1", 2)


def test_without_a_collector_nothing_is_loaded() -> None:
    assert Traces.opens is None
    with span("job render"):
        pass
    code = "import sys, main; assert not any(name.startswith('opentelemetry.sdk') for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=40)
