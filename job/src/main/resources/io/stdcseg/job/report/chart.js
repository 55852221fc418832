// Charts, drawn by uPlot: lines that differ in colour and in dashes, a strip below to choose a part, and their numbers as a table.
const DASHES = [[], [9, 4], [2, 3], [12, 3, 2, 3], [5, 2], [16, 5]], MOST_LINES = 12, MOST_ROWS = 60, BRUSH_FROM = 24, STEPS = 1000;
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const color = i => css('--c' + i % 6), dash = i => DASHES[(i + Math.floor(i / 6)) % DASHES.length];
const charts = [];
const clock = v => {
  const s = Math.abs(v), two = n => String(Math.floor(n)).padStart(2, '0'), sign = v < 0 ? '−' : '';
  return s < 100 ? sign + Number(s.toFixed(2)) + ' s' : s < 3600 ? `${sign}${Math.floor(s / 60)}:${two(s % 60)} min` : `${sign}${Math.floor(s / 3600)}:${two(s / 60 % 60)} h`;
};

// One chart into an element; series: [{name, points: [[x, y]]}], by x. options: x, y (text of a value), max (top of the scale), log, height,
// note, wide (numbers need room), marks: [[x, label]].
function chart(id, title, series, options = {}) {
  const {x = clock, y = short, max, log = false, height = 240, note = '', marks = []} = options;
  const some = series.filter(s => s.points.length), many = some.length > MOST_LINES;
  const lines = many ? some.sort((a, b) => mean(a) - mean(b)).slice(0, MOST_LINES) : some;
  if (!lines.some(s => s.points.length > 1)) return;
  const aligned = uPlot.join(lines.map(s => [s.points.map(p => p[0]), s.points.map(p => log && p[1] <= 0 ? null : p[1])]));
  const xs = aligned[0], first = xs[0], last = xs.at(-1), box = el(id);
  const left = many ? ` Of ${series.length} lines the ${lines.length} lowest are drawn.` : '';
  box.innerHTML = `<figure class="chart" aria-labelledby="${id}-title" aria-describedby="${id}-words"><h2 id="${id}-title">${text(title)}</h2><p class="note" id="${id}-words">${text(note + left)} <span class="hidden">${
    text(lines.map(s => words(s, x, y)).join('; '))}</span></p><div class="plot" aria-hidden="true"></div><ul class="legend" aria-hidden="true"></ul>${
    xs.length < BRUSH_FROM ? '' : `<div class="brush" role="group" aria-label="Part of the chart that is shown"><div class="strip" aria-hidden="true"></div>
      <input type="range" min="0" max="${STEPS}" value="0" aria-label="from"><input type="range" min="0" max="${STEPS}" value="${STEPS}" aria-label="to"></div>`}
    <details><summary>The same as a table</summary></details></figure>`;
  const [plotBox, legend, brush, details] = ['.plot', '.legend', '.brush', 'details'].map(part => box.querySelector(part));
  details.addEventListener('toggle', () => details.querySelector('table') || details.insertAdjacentHTML('beforeend', numbers(title, lines, aligned, x, y)));

  const show = at => legend.innerHTML = lines.length === 1 && at == null ? '' : lines.map((s, i) => `<li><svg viewBox="0 0 28 10"><line x2="28" y1="5" y2="5" stroke="var(--c${i % 6})" stroke-width="2.5" stroke-dasharray="${dash(i)}"/></svg>${
    text(s.name)}${at == null ? '' : ` <b>${text(y(nearest(s.points, xs[at])))}</b>`}</li>`).join('') + (at == null ? '' : `<li>at <b>${text(x(xs[at]))}</b></li>`);
  const font = '12px system-ui, sans-serif', drawn = lines.map((s, i) => ({label: s.name, stroke: () => color(i), width: 2, dash: dash(i), spanGaps: true, points: {show: xs.length < 3, size: 6}}));
  const range = log ? null : (u, low, high) => [Math.min(0, low || 0), max || (high > 0 ? high * 1.05 : 1)];
  const scales = {x: {time: false}, y: log ? {distr: 3} : {range}};
  const axis = more => ({stroke: () => css('--soft'), font, grid: {stroke: () => css('--line'), width: 1}, ticks: {stroke: () => css('--line'), width: 1, size: 5}, ...more});
  const plot = new uPlot({width: box.clientWidth, height, legend: {show: false}, scales, padding: [12, 16, 0, 0],
    axes: [axis({size: 32, space: 76, values: (u, all) => all.map(x)}), axis({size: 64, space: 34, values: (u, all) => all.map(v => v == null ? '' : y(v))})],
    series: [{}, ...drawn], cursor: {drag: {x: true, y: false}, y: false},
    hooks: {setCursor: [u => show(u.cursor.idx)], setScale: [(u, key) => key === 'x' && chosen(u)], draw: [u => mark(u, marks, font)]}}, aligned, plotBox);
  show(null);
  const strip = brush && new uPlot({width: box.clientWidth - 2, height: 38, legend: {show: false}, scales: {x: {time: false}, y: {...scales.y}}, padding: [4, 0, 4, 0], axes: [{show: false}, {show: false}],
    series: [{}, ...drawn.map(s => ({...s, width: 1, points: {show: false}}))], cursor: {show: false}}, aligned, brush.querySelector('.strip'));
  const ends = brush ? [...brush.querySelectorAll('input')] : [], span = last - first || 1;
  function chosen(u) {
    if (!strip) return;
    const {min, max: end} = u.scales.x, a = (min - first) / span, b = (end - first) / span;
    ends.forEach((input, i) => { if (document.activeElement !== input) input.value = Math.round(STEPS * (i ? b : a)); input.setAttribute('aria-valuetext', x(i ? end : min)); });
    strip.setSelect({left: a * strip.over.clientWidth, width: (b - a) * strip.over.clientWidth, top: 0, height: strip.over.clientHeight}, false);
  }
  ends.forEach((input, i) => input.addEventListener('input', () => {
    const apart = STEPS / 50, other = Number(ends[1 - i].value);
    input.value = i ? Math.max(Number(input.value), other + apart) : Math.min(Number(input.value), other - apart);
    const [a, b] = ends.map(e => first + span * e.value / STEPS);
    plot.setScale('x', {min: a, max: b});
  }));
  const resize = width => { plot.setSize({width, height}); if (strip) { strip.setSize({width: width - 2, height: 38}); queueMicrotask(() => chosen(plot)); } };
  new ResizeObserver(() => document.documentElement.classList.contains('printing') || plot.width === box.clientWidth || resize(box.clientWidth)).observe(box);
  charts.push({plot, box, resize, redraw: () => { plot.redraw(); if (strip) strip.redraw(); }});
  queueMicrotask(() => chosen(plot));
}
const mean = ({points}) => points.reduce((sum, p) => sum + p[1], 0) / points.length;
const nearest = (points, x) => points.reduce((best, p) => Math.abs(p[0] - x) < Math.abs(best[0] - x) ? p : best, points[0])[1];
function words({name, points}, x, y) {
  const values = points.map(p => p[1]);
  return `${name}: from ${x(points[0][0])} to ${x(points.at(-1)[0])}, least ${y(Math.min(...values))}, most ${y(Math.max(...values))}, last ${y(values.at(-1))}`;
}
function numbers(title, lines, [xs, ...columns], x, y) {
  const every = Math.ceil(xs.length / MOST_ROWS), rows = xs.map((v, i) => i).filter(i => i % every === 0 || i === xs.length - 1);
  return (every > 1 ? `<p class="note">One of ${every} points.</p>` : '') + table(title, [{name: 'at', show: i => text(x(xs[i]))},
    ...lines.map((s, c) => ({name: s.name, n: true, show: i => columns[c][i] == null ? '' : text(y(columns[c][i]))}))], rows);
}
function mark(u, marks, font) {
  const {ctx, bbox} = u, ratio = uPlot.pxRatio;
  ctx.save();
  ctx.font = font.replace(/\d+/, n => n * ratio);
  ctx.lineWidth = ratio;
  const kinds = [...new Set(marks.map(m => m[1]))], ends = {};
  for (const [at, label] of marks) {
    const x = u.valToPos(at, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.strokeStyle = ctx.fillStyle = css('--soft');
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath(); ctx.moveTo(x, bbox.top); ctx.lineTo(x, bbox.top + bbox.height); ctx.stroke();
    // Near zero there are few lines to write over; a word that would run into the one before is left out.
    const wide = ctx.measureText(label).width + 8 * ratio, before = x + wide > bbox.left + bbox.width, start = before ? x - wide : x;
    if (start < ends[label]) continue;
    ends[label] = start + wide;
    ctx.textAlign = before ? 'right' : 'left';
    ctx.fillText(label, x + (before ? -4 : 4) * ratio, bbox.top + bbox.height - (6 + 14 * kinds.indexOf(label)) * ratio);
  }
  ctx.restore();
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(c => c.redraw()));
// Paper is white, and as wide as it is.
const PAPER = 660;
addEventListener('beforeprint', () => { document.documentElement.classList.add('printing'); charts.forEach(c => { c.resize(Math.min(PAPER, c.box.clientWidth)); c.redraw(); }); });
addEventListener('afterprint', () => { document.documentElement.classList.remove('printing'); charts.forEach(c => { c.resize(c.box.clientWidth); c.redraw(); }); });
