'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const el = id => document.getElementById(id);
const text = v => String(v).replace(/[&<>"]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}[c]));
const fixed = (v, d = 1) => v == null ? '–' : Number(v).toFixed(d);
const percent = v => v == null ? '–' : (100 * v).toFixed(1) + ' %';
const hue = i => `hsl(${(220 + 67 * i) % 360} 70% 55%)`;
const chip = color => `<i class="chip" style="background:${color}"></i>`;
const bar = (v, color) => `<div class="bar"><i style="width:${100 * (v || 0)}%;background:${color}"></i></div>`;
const tiles = list => list.map(([name, value]) => `<div class="tile"><b>${text(value)}</b><span>${text(name)}</span></div>`).join('');

// Round values from a to b, about n of them; powers of ten and their halves on a logarithmic scale.
function ticks(a, b, n, log) {
  if (log) {
    const all = [];
    for (let e = Math.floor(Math.log10(a)); e <= Math.log10(b); e++) for (const m of [1, 2, 5]) all.push(m * 10 ** e);
    const inside = all.filter(v => v >= a * .999 && v <= b * 1.001), decades = inside.filter(v => /^1(e|0*$)|^0\.0*1$/.test(String(v)));
    return inside.length > n && decades.length > 1 ? decades : inside;
  }
  const raw = (b - a) / n || 1, unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(m => m * unit).find(s => s >= raw * .999), first = Math.ceil(a / step - 1e-9);
  return Array.from({length: Math.floor(b / step - first + 1e-9) + 1}, (_, i) => (first + i) * step);
}
const short = v => v === 0 ? '0' : v >= 1000 ? Math.round(v).toLocaleString('en') : String(Number(v.toPrecision(3)));

// One chart into an element; series: [{name, color, points: [[x, y]], mark: [x, y, label]}].
// options: width, height, y1 (top of the scale), y (text of a value), unit (of x), log.
function chart(id, title, series, options = {}) {
  const width = options.width || 900, height = options.height || 220, left = 52, right = 12, top = 14, bottom = 24;
  const {y: label = short, unit = '', log = false} = options, all = series.flatMap(line => line.points);
  if (all.length < 2) return;
  const xs = all.map(p => p[0]), ys = all.map(p => p[1]).filter(v => !log || v > 0);
  const x0 = Math.min(...xs), x1 = Math.max(...xs), y0 = log ? Math.min(...ys) : 0, y1 = options.y1 || Math.max(...ys) * (log ? 1 : 1.05) || 1;
  const scale = log ? v => Math.log(Math.max(v, y0) / y0) / (Math.log(y1 / y0) || 1) : v => v / y1;
  const x = v => left + (width - left - right) * (v - x0) / (x1 - x0 || 1), y = v => top + (height - bottom - top) * (1 - scale(v));
  const at = p => x(p[0]).toFixed(1) + ',' + y(p[1]).toFixed(1);
  const grid = ticks(y0, y1, 5, log).map(v => `<line x1="${left}" x2="${width - right}" y1="${y(v)}" y2="${y(v)}" stroke="var(--line)"/>
    <text x="${left - 8}" y="${y(v) + 4}" text-anchor="end">${text(label(v))}</text>`).join('')
    + ticks(x0, x1, Math.round(width / 110)).map(v => `<text x="${x(v)}" y="${height - 6}" text-anchor="${x(v) > width - 40 ? 'end' : 'middle'}">${text(short(v) + unit)}</text>`).join('');
  const lines = series.map(s => `<polyline fill="none" stroke="${s.color || 'var(--mark)'}" stroke-width="1.8" stroke-linejoin="round" points="${s.points.map(at).join(' ')}"/>`).join('');
  const marks = series.filter(s => s.mark).map(({mark: m, color}) => `<circle cx="${x(m[0])}" cy="${y(m[1])}" r="4.5" fill="${color || 'var(--mark)'}" stroke="var(--paper)" stroke-width="2"/>
    <text x="${x(m[0])}" y="${y(m[1]) - 9}" text-anchor="${x(m[0]) > width - 90 ? 'end' : x(m[0]) < left + 90 ? 'start' : 'middle'}" class="mark">${text(m[2])}</text>`).join('');
  const box = el(id);
  box.innerHTML = `<h2>${text(title)}</h2><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${text(title)}">${grid}${lines}${marks}
    <line class="cursor" y1="${top}" y2="${height - bottom}" stroke="var(--soft)" visibility="hidden"/></svg><p class="legend"></p>`;
  const svg = box.querySelector('svg'), cursor = box.querySelector('.cursor'), legend = box.querySelector('.legend');
  const nearest = (s, v) => s.points.reduce((best, p) => Math.abs(p[0] - v) < Math.abs(best[0] - v) ? p : best, s.points[0]);
  const show = v => {
    const where = v == null ? '' : `<span>at <b>${text(short(nearest(series[0], v)[0]) + unit)}</b></span>`;
    legend.innerHTML = (series.length > 1 || v != null ? series.map(s => `<span>${chip(s.color || 'var(--mark)')}${text(s.name)}${v == null ? '' : ` <b>${text(label(nearest(s, v)[1]))}</b>`}</span>`).join('') : '&nbsp;') + where;
  };
  svg.addEventListener('pointermove', e => {
    const r = svg.getBoundingClientRect(), px = (e.clientX - r.left) * width / r.width;
    const v = nearest(series[0], x0 + (px - left) / (width - left - right) * (x1 - x0))[0];
    cursor.setAttribute('x1', x(v)); cursor.setAttribute('x2', x(v)); cursor.setAttribute('visibility', 'visible');
    show(v);
  });
  svg.addEventListener('pointerleave', () => { cursor.setAttribute('visibility', 'hidden'); show(null); });
  show(null);
}
