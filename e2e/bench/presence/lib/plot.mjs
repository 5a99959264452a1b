// A line chart as SVG: logarithmic or linear axes, one line per series, readable on light and dark pages.
const WIDTH = 720;
const HEIGHT = 400;
const MARGIN = { left: 70, right: 170, top: 44, bottom: 52 };
const COLOURS = ["#0072b2", "#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#e69f00"];

const plain = (text) => String(text).replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);
const label = (value) => (value >= 1000 ? value.toLocaleString("en") : String(Number(value.toPrecision(3))));

function logScale(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { ticks, at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from) };
}

function linearScale(values, from, to) {
  const most = Math.max(...values);
  const step = [1, 2, 5].map((m) => m * 10 ** Math.floor(Math.log10(most / 4))).find((s) => most / s <= 6) ?? most / 4;
  const high = Math.ceil(most / step) * step;
  const ticks = Array.from({ length: Math.round(high / step) + 1 }, (_, i) => i * step);
  return { ticks, at: (value) => from + (value / high) * (to - from) };
}

/** `series`: `[{ name, points: [[x, y], ...] }]`, in the order of the legend. */
export function lineChart({ title, x, y, series, log = true }) {
  const xs = series.flatMap(({ points }) => points.map(([value]) => value));
  const ys = series.flatMap(({ points }) => points.map(([, value]) => value));
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const horizontal = logScale(xs, MARGIN.left, right);
  const vertical = (log ? logScale : linearScale)(ys, bottom, MARGIN.top);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${plain(title)}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${MARGIN.left}" y="22" font-size="15" font-weight="600" fill="#1a1a1a">${plain(title)}</text>`,
  ];
  for (const tick of vertical.ticks)
    parts.push(
      `<line x1="${MARGIN.left}" x2="${right}" y1="${vertical.at(tick)}" y2="${vertical.at(tick)}" stroke="#dddddd"/>`,
      `<text x="${MARGIN.left - 8}" y="${vertical.at(tick) + 4}" text-anchor="end" fill="#444444">${label(tick)}</text>`,
    );
  for (const value of [...new Set(xs)].sort((a, b) => a - b))
    parts.push(
      `<line x1="${horizontal.at(value)}" x2="${horizontal.at(value)}" y1="${bottom}" y2="${bottom + 4}" stroke="#444444"/>`,
      `<text x="${horizontal.at(value)}" y="${bottom + 18}" text-anchor="middle" fill="#444444">${label(value)}</text>`,
    );
  parts.push(
    `<text x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 12}" text-anchor="middle" fill="#1a1a1a">${plain(x)}</text>`,
    `<text x="16" y="${(MARGIN.top + bottom) / 2}" text-anchor="middle" fill="#1a1a1a" transform="rotate(-90 16 ${(MARGIN.top + bottom) / 2})">${plain(y)}</text>`,
  );
  for (const [i, { name, points }] of series.entries()) {
    const colour = COLOURS[i % COLOURS.length];
    const places = points.map(([px, py]) => [horizontal.at(px).toFixed(1), vertical.at(py).toFixed(1)]);
    parts.push(
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${places.map((place) => place.join(",")).join(" ")}"/>`,
    );
    for (const [px, py] of places) parts.push(`<circle cx="${px}" cy="${py}" r="3.5" fill="${colour}"/>`);
    const height = MARGIN.top + 8 + i * 20;
    parts.push(
      `<rect x="${right + 14}" y="${height - 5}" width="14" height="4" fill="${colour}"/>`,
      `<text x="${right + 34}" y="${height + 1}" fill="#1a1a1a">${plain(name)}</text>`,
    );
  }
  parts.push("</svg>");
  return `${parts.join("\n")}\n`;
}
