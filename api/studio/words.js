// How the page says things.

const DOING = {
  list_templates: ["Looking through templates", "Looked through templates"],
  scaffold_project: ["Laying out the project", "Laid out the project"],
  map_project_ast: ["Reading the source", "Read the source"],
  read_file: ["Reading a file", "Read a file"],
  atomic_edit: ["Editing", "Edited"],
  create_component: ["Writing a component", "Wrote a component"],
  delete_file: ["Deleting a file", "Deleted a file"],
  visual_frame_inspection: ["Looking at frames", "Looked at frames"],
  run_build_check: ["Checking the film", "Checked the film"],
  run_preview: ["Asking for a preview", "Asked for a preview"],
  render_video: ["Ordering the film", "Ordered the film"],
  wait_for_job: ["Waiting for the film", "Waited for the film"],
  cancel_job: ["Stopping a render", "Stopped a render"],
  save_version: ["Naming a version", "Named a version"],
  restore_version: ["Bringing a version back", "Brought a version back"],
  add_asset: ["Bringing in an asset", "Brought in an asset"],
  generate_svg_asset: ["Drawing a symbol", "Drew a symbol"],
  ai_image_proxy: ["Having a picture made", "Had a picture made"],
  audio_spectrum_analysis: ["Listening", "Listened"],
  propose_plan: ["Showing the plan", "Agreed on the plan"],
  remember: ["Making a note", "Made a note"],
};

export function doing(tool) {
  return (DOING[tool] || [tool.replaceAll("_", " ")])[0];
}

export function done(tool) {
  const words = DOING[tool];
  return words ? words[1] : tool.replaceAll("_", " ");
}

const STATUS = {
  DRAFT: ["Draft", ""], GENERATING: ["In the making", "busy"], READY: ["Ready to render", ""],
  RENDERING: ["Rendering", "busy"], COMPLETED: ["Finished", "good"], ERROR: ["Needs you", "bad"],
};

export function status(name) {
  return STATUS[name] || [name, ""];
}

const STAGES = { compiling: "Compiling", drawing: "Drawing", encoding: "Encoding", mixing: "Mixing the sound", finishing: "Finishing" };

export function stage(name) {
  return STAGES[name] || "Rendering";
}

export function ago(time) {
  const seconds = (Date.now() - new Date(time)) / 1000;
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}

export function clock(time) {
  return new Date(time).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}

export function until(time) {
  return `until ${new Date(time).toLocaleString(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" })}`;
}

export function length(seconds) {
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, "0")}`;
}

export function weight(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// Ids say nothing to a person; their ends are enough to tell two apart.
export function tidy(text) {
  return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{6}([0-9a-f]{6})/g, "…$2");
}

export function shape(width, height) {
  return width > height ? "" : width < height ? "tall" : "square";
}

export const KINDS = {
  mp4: "MP4 (H.264)", hevc: "MP4 (HEVC)", av1: "MP4 (AV1)", vp9: "WebM", webm: "WebM, clear ground",
  prores: "ProRes 4444", gif: "GIF", webp: "WebP", apng: "APNG", png: "PNG frames (ZIP)",
};
