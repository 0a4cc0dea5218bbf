"""Every setting of a Director installation: read once, from the environment and an optional `.env` file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
"""The folder that holds the packages."""
SECRETS = Path("/run/secrets")
"""Where a container finds secrets: a file for each, called like the variable whose place it takes."""


class Settings(BaseSettings):
    """What an operator may change; own names start with `DIRECTOR_`, standard names are read too."""

    model_config = SettingsConfigDict(
        env_prefix="DIRECTOR_",
        env_file=".env",
        secrets_dir=SECRETS if os.access(SECRETS, os.R_OK | os.X_OK) else None,
        extra="ignore",
        frozen=True,
        use_attribute_docstrings=True,
        populate_by_name=True,
    )

    data: Path = ROOT / "workspace" / ".director"
    """Folder of the database, the blobs, the caches and the socket; made with mode 0700."""
    films: Path = ROOT / "workspace"
    """Folder into which `director make` writes finished films."""
    host: str = "127.0.0.1"
    """Address the server binds to; any other than loopback needs an API key to exist."""
    port: int = Field(default=8470, ge=0, le=65_535)
    """TCP port of the server; 0 picks a free one."""
    url: str = ""
    """Address of a server elsewhere that `director mcp` speaks for, in place of this machine's own."""
    key: SecretStr | None = None
    """Key for the server at DIRECTOR_URL."""
    mcp_images: Literal["allow", "omit"] = "allow"
    """Whether `director mcp` puts pictures into answers; they take tokens."""
    oauth_issuer: str = ""
    """Authorization server whose access tokens are taken at /mcp; nobody's unless said."""
    oauth_jwks_url: str = Field(
        default="", pattern=r"^(https://\S+|http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/\S*)?)?$"
    )
    """Where its public keys are; below the issuer's `/.well-known/jwks.json` unless said."""
    oauth_audience: str = ""
    """Whom its tokens are made for; the address of /mcp unless said."""
    public_url: str = ""
    """Address that links are written with when a proxy stands before the server."""

    model: Literal["auto", "offline", "gemini"] = "auto"
    """Who directs: `auto` is Gemini when there is a key, else the offline director."""
    gemini_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("GEMINI_API_KEY", "GOOGLE_API_KEY")
    )
    """Key of the Gemini API; without one the offline director works."""
    gemini_model: str = "gemini-3.8-flash"
    """Name of the Gemini model that directs."""
    gemini_base_url: str = Field(default="", validation_alias=AliasChoices("GOOGLE_GEMINI_BASE_URL"))
    """Address of the Gemini API, when it is not Google's own."""
    gemini_timeout_s: float = Field(default=120, gt=0)
    """Seconds without a word after which a Gemini request is given up."""
    gemini_thinking: Literal["minimal", "low", "medium", "high"] = "medium"
    """How long Gemini thinks before it answers."""
    pictures: Literal["auto", "gemini", "replicate"] = "auto"
    """Who makes pictures: `auto` is Replicate when there is a token, else Gemini when there is a key."""
    gemini_pictures: str = "gemini-nano-banana-2.1"
    """Name of the Gemini model that makes pictures."""
    replicate_api_token: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("REPLICATE_API_TOKEN")
    )
    """Token of the Replicate API."""
    replicate_model: str = Field(
        default="black-forest-labs/flux-schnell", pattern=r"^[\w.-]+/[\w.-]+(:[0-9a-f]{64})?$"
    )
    """The model of Replicate that makes pictures: any `owner/model`, with `:version` where it needs one."""
    replicate_base_url: str = Field(default="", validation_alias=AliasChoices("REPLICATE_BASE_URL"))
    """Address of the Replicate API, when it is not Replicate's own."""
    picture_usd: float = Field(default=0.25, ge=0)
    """What one picture costs at most, US dollars: shown to whoever is asked whether it may be made."""
    picture_timeout_s: float = Field(default=180, gt=0)
    """Seconds after which a picture is given up, and called off where that can be done."""
    embeddings: Literal["auto", "local", "gemini"] = "auto"
    """What tells texts of like meaning: a small model on this machine, or Gemini; `auto` is who directs."""
    gemini_embeddings: str = "gemini-embedding-001"
    """Name of the Gemini model that embeds."""
    chroma_url: str = Field(
        default="", pattern=r"^(https?://\S+)?$", validation_alias=AliasChoices("CHROMA_URL")
    )
    """Chroma server that keeps the handbook's index, `http://host:8000`; a folder of its own unless said."""

    database_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL"))
    """Address of the database: `postgresql://user:password@host/name`; a SQLite file unless said."""
    database_connections: int = Field(default=10, ge=2, le=100)
    """Connections to a PostgreSQL server that one process opens at most."""
    blob_url: str = Field(default="", pattern=r"^((s3|gs)://\S+)?$")
    """Bucket of all blobs, `s3://bucket/prefix` or `gs://bucket/prefix`; a folder of its own unless said.

    AWS_* and GOOGLE_* say how to get in: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT,
    GOOGLE_APPLICATION_CREDENTIALS."""
    aws_access_key_id: str = Field(default="", validation_alias=AliasChoices("AWS_ACCESS_KEY_ID"))
    """Name of the key to a bucket of S3, where no role of the machine opens it."""
    aws_secret_access_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("AWS_SECRET_ACCESS_KEY")
    )
    """That key; may be a file of secrets, as any setting may."""
    redis_url: str = Field(default="", validation_alias=AliasChoices("REDIS_URL"))
    """Address of Redis, `redis://:password@host:6379/0`: it wakes many machines, where RQ workers work."""
    redis_prefix: str = Field(default="director", pattern=r"^[\w.-]{1,64}$")
    """Beginning of all of Director's keys in Redis; installations that share a server need their own."""
    sandbox: Literal["bubblewrap", "docker"] = "bubblewrap"
    """What scene code and strangers' media run in; there is no other way to run them."""
    sandbox_verdict: Path | None = None
    """File that remembers that no canary got out; one in the data folder unless said."""
    docker_url: str = Field(
        default="unix:///var/run/docker.sock", validation_alias=AliasChoices("DOCKER_HOST")
    )
    """Address of the engine that makes boxes, where the sandbox is docker."""
    docker_image: str = "director-sandbox"
    """Name or digest of the image of those boxes; `make image` builds it, and it is never pulled."""
    render_cpus: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)
    """Processors that one render may use; all of the machine's unless said."""
    render_workers: int = Field(default=1, ge=0, le=64)
    """Worker processes for renders and analyses that `director serve` starts; 0 when they run elsewhere."""
    render_parts: int = Field(default=0, ge=0, le=64)
    """Parts that a long film is cut into; 0 is as many as there are render workers, or 4 with RQ."""
    render_seconds: float = Field(default=21_600, gt=0)
    """Seconds that one render may take at one worker."""
    queue_waiting: int = Field(default=10_000, ge=1)
    """Jobs of a kind that may wait; new ones are answered with 503 then."""
    queue_waiting_each: int = Field(default=1_000, ge=1)
    """Jobs of a kind that may wait of one user; new ones are answered with 429 then."""
    agent_slots: int = Field(default=4, ge=1, le=64)
    """Runs that the server directs at the same time."""
    cache_mb: int = Field(default=4096, ge=64)
    """Size of the segment cache, MiB; what was not used for longest goes first."""
    keep_deleted_days: float = Field(default=30, ge=0)
    """Days after which a deleted project is gone for good, with its events and files."""
    upload_mb: int = Field(default=500, ge=1)
    """Largest upload, MiB."""
    packages: str = Field(
        default="", pattern=r"^\s*([A-Za-z0-9][A-Za-z0-9._-]*([<>=!~]=?[A-Za-z0-9.*]+,?)*(\s+|$))*$"
    )
    """Python packages that films may use, with spaces between them: `networkx colour-science>=0.4,<0.5`."""
    package_index: SecretStr | None = None
    """Address of the index that those are fetched from (PEP 503); without one, and a list, there are none."""
    package_hosts: str = ""
    """Hosts besides the index's own that its files lie on, with spaces between them."""
    fetch_mb: int = Field(default=100, ge=0)
    """Largest file that is fetched from a public address of the web, MiB; 0 fetches nothing."""

    rate_upload: int = Field(default=20, ge=0)
    """Uploads a minute of one key or address; 0 lets any number pass, here and below."""
    rate_generate: int = Field(default=10, ge=0)
    """Prompts a minute."""
    rate_refine: int = Field(default=30, ge=0)
    """Changes a minute."""
    rate_production: int = Field(default=5, ge=0)
    """Renders a minute that are ordered at a door."""
    rate_other: int = Field(default=100, ge=0)
    """All other requests a minute."""
    streams_at_once: int = Field(default=20, ge=0)
    """Event streams that one key may hold open."""

    run_steps: int = Field(default=60, ge=1)
    """Tool calls of one run."""
    run_turns: int = Field(default=40, ge=1)
    """Answers of the model in one run."""
    run_tokens: int = Field(default=2_000_000, ge=1_000)
    """Tokens of one run, read and written."""
    run_cost_usd: float = Field(default=5, ge=0)
    """What the model of one run may cost, US dollars."""
    run_seconds: float = Field(default=1_800, gt=0)
    """Seconds that one run may work, without the time it waits for renders."""

    heartbeat_s: float = Field(default=10, gt=0, le=15)
    """Seconds between two comments that keep an idle event stream open."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much the log says."""
    otel_endpoint: str = Field(
        default="",
        validation_alias=AliasChoices("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    )
    """Collector that traces are sent to by OTLP over gRPC, `http://host:4317`; nobody's unless said."""
    log_json: bool = False
    """Whether the log is written as JSON lines."""

    @model_validator(mode="after")
    def _gemini_needs_its_key(self) -> Self:
        if self.model == "gemini" and self.gemini_api_key is None:
            raise ValueError("DIRECTOR_MODEL is 'gemini' without GEMINI_API_KEY; set the key, or use 'auto'")
        if self.embeddings == "gemini" and self.gemini_api_key is None:
            raise ValueError("DIRECTOR_EMBEDDINGS is 'gemini' without GEMINI_API_KEY; set it, or use 'auto'")
        if self.pictures == "gemini" and self.gemini_api_key is None:
            raise ValueError("DIRECTOR_PICTURES is 'gemini' without GEMINI_API_KEY; set it, or use 'auto'")
        if self.pictures == "replicate" and self.replicate_api_token is None:
            raise ValueError(
                "DIRECTOR_PICTURES is 'replicate' without REPLICATE_API_TOKEN; set it, or use 'auto'"
            )
        return self

    @property
    def director(self) -> Literal["offline", "gemini"]:
        """Who really directs."""
        if self.model == "auto":
            return "gemini" if self.gemini_api_key else "offline"
        return self.model

    @property
    def embedder(self) -> Literal["local", "gemini"]:
        """What really embeds."""
        if self.embeddings == "auto":
            return "gemini" if self.director == "gemini" else "local"
        return self.embeddings

    @property
    def painter(self) -> Literal["gemini", "replicate"] | None:
        """Who really makes pictures."""
        if self.pictures != "auto":
            return self.pictures
        if self.replicate_api_token:
            return "replicate"
        return "gemini" if self.gemini_api_key else None

    @property
    def parts(self) -> int:
        """Into how many parts a long film is really cut."""
        return self.render_parts or (4 if self.redis_url else self.render_workers)

    @property
    def knowledge(self) -> str:
        """What keeps the handbook's index, and what embeds, for people to read."""
        keeper = urlsplit(self.chroma_url).hostname or "a folder"
        return f"chroma in {keeper}, {self.embedder}"

    @property
    def database(self) -> str:
        """Address of the database that is really used."""
        return self.database_url or f"sqlite:///{self.data / 'director.db'}"

    @property
    def socket(self) -> Path:
        """The local owner's door."""
        return self.data / "director.sock"


def worker_environment() -> dict[str, str]:
    """The whole environment that worker processes inherit: settings and search paths, as they are."""
    return dict(os.environ)
