// The words on the drawing: names under nodes, relations along lines.

const FONT = '"Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const INK = "#1f2429";
const SOFT = "#5b6670";
const SIZE = 12;

function write(context, words, x, y) {
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = "rgba(255, 255, 255, 0.9)";
  context.strokeText(words, x, y);
  context.fillText(words, x, y);
}

/** The names of the largest nodes, and of the others where there is room; that of the chosen one is left to drawHover. */
export function drawLabels(context, labels) {
  const taken = [];
  const clear = (a) => taken.every((b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom);
  const first = (data) => (data.highlighted ? 2 : data.zIndex);
  context.textAlign = "center";
  for (const data of labels.filter((d) => d.label).sort((a, b) => first(b) - first(a) || b.size - a.size)) {
    const place = data.highlighted ? wholeName(context, data) : shortName(context, data);
    if (!clear(place.box)) continue;
    taken.push(place.box);
    context.fillStyle = INK;
    if (!data.highlighted) write(context, data.label, data.x, place.y);
  }
  context.textAlign = "left";
}

function shortName(context, data) {
  const size = Math.min(SIZE + Math.max(0, data.size - 8) * 0.25, 16);
  context.font = `${data.size > 12 ? 600 : 400} ${size}px ${FONT}`;
  const half = context.measureText(data.label).width / 2 + 2;
  const y = data.y + data.size + size + 1;
  return { y, box: { left: data.x - half, right: data.x + half, top: y - size, bottom: y + 3 } };
}

function wholeName(context, data) {
  const size = SIZE + 1;
  context.font = `600 ${size}px ${FONT}`;
  const half = context.measureText(data.name ?? data.label ?? "").width / 2 + 6;
  const y = data.y + data.size + size + 5;
  return { y, box: { left: data.x - half, right: data.x + half, top: y - size - 2, bottom: y + 6 } };
}

/** A ring and the whole name, of the node that is chosen or under the pointer. */
export function drawHover(context, data) {
  context.beginPath();
  context.arc(data.x, data.y, data.size + 2, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = INK;
  context.stroke();
  const { y, box } = wholeName(context, data);
  context.fillStyle = "rgba(255, 255, 255, 0.95)";
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.fillStyle = INK;
  context.textAlign = "center";
  context.fillText(data.name ?? data.label ?? "", data.x, y);
  context.textAlign = "left";
}

/** The relation, where its line is long enough. */
export function drawRelation(context, edge, source, target) {
  if (!edge.label) return;
  context.font = `400 ${SIZE - 1}px ${FONT}`;
  context.fillStyle = SOFT;
  const [dx, dy] = [target.x - source.x, target.y - source.y];
  if (Math.hypot(dx, dy) < context.measureText(edge.label).width + source.size + target.size) return;
  let angle = Math.atan2(dy, dx);
  if (angle > Math.PI / 2 || angle <= -Math.PI / 2) angle += Math.PI; // never upside down
  context.save();
  context.translate((source.x + target.x) / 2, (source.y + target.y) / 2);
  context.rotate(angle);
  context.textAlign = "center";
  write(context, edge.label, 0, -3);
  context.restore();
}
