const levels = { 40: "WARN ", 50: "ERROR ", 60: "FATAL " };
const unsaid = new Set(["level", "time", "pid", "hostname", "msg", "err"]);

/**
 * One line of a part's output for people: structured log records become words, anything else stays as it is.
 * @param {string} part name of the part that wrote it
 * @param {string} line
 */
export function readable(part, line) {
  const record = parse(line);
  if (record === null) return `${part.padEnd(6)} ${line}`;
  const time = new Date(record.time ?? Date.now()).toTimeString().slice(0, 8);
  const facts = Object.entries(record)
    .filter(([name, value]) => !unsaid.has(name) && typeof value !== "object")
    .map(([name, value]) => ` ${name}=${value}`);
  const error = record.err === undefined ? "" : `\n${record.err.stack ?? record.err.message}`;
  return `${time} ${part.padEnd(6)} ${levels[record.level] ?? ""}${record.msg ?? ""}${facts.join("")}${error}`;
}

function parse(line) {
  if (!line.startsWith("{")) return null;
  try {
    const record = JSON.parse(line);
    return typeof record.level === "number" ? record : null;
  } catch {
    return null;
  }
}
