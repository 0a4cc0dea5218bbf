"""OpenTelemetry: stretches of work are sent to a collector; loaded only where OTEL_* names one."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from domain.span import Traces, Value

SERVICE = "director"


def configure(version: str) -> TracerProvider:
    """Begin to trace; OTEL_* says where to, how, and under what name."""
    named = {SERVICE_VERSION: version, **Resource.create().attributes}
    if str(named.get(SERVICE_NAME, "")).startswith("unknown_service"):
        named[SERVICE_NAME] = SERVICE
    provider = TracerProvider(resource=Resource(named))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    tracer = provider.get_tracer(SERVICE, version)

    @contextmanager
    def opens(name: str, attributes: dict[str, Value]) -> Generator[object]:
        with tracer.start_as_current_span(name, attributes=attributes) as span:
            yield span

    Traces.opens = opens
    return provider
