// The project's events, live: the browser reconnects by itself and resumes after the last event it has.

export const TYPES = [
  "run.queued", "run.started", "run.promised", "run.finished", "model.delta", "model.replied", "model.reminded",
  "tool.started", "tool.progress", "tool.finished", "tool.failed", "project.revised", "frame.captured",
  "check.finished", "render.queued", "render.progress", "render.finished", "analysis.finished", "memory.noted",
  "memory.recalled", "approval.requested", "approval.resolved", "notice",
];

export class Stream {
  constructor(projectId, { onevent, onstate }) {
    this.last = 0;
    this.closed = false;
    this.path = `/api/projects/${encodeURIComponent(projectId)}/stream`;
    this.onevent = onevent;
    this.onstate = onstate;
    this.open();
  }

  open() {
    if (this.closed) return;
    const source = new EventSource(`${this.path}?after=${this.last}`);
    this.source = source;
    source.onopen = () => this.onstate("live");
    source.onerror = () => {
      this.onstate("lost");
      // a browser gives up on an answer that is an error; a server that restarts should be asked again
      if (source.readyState === EventSource.CLOSED) this.later = setTimeout(() => this.open(), 2000);
    };
    for (const type of TYPES) {
      source.addEventListener(type, (message) => {
        const event = JSON.parse(message.data);
        if (event.seq && event.seq <= this.last) return;
        if (event.seq) this.last = event.seq;
        this.onevent(event);
      });
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.later);
    this.source.close();
  }
}
