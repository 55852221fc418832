'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const el = id => document.getElementById(id);
const text = v => String(v).replace(/[&<>"]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}[c]));
const fixed = (v, d = 1) => v == null ? '–' : Number(v).toFixed(d);
const percent = (v, d = 1) => v == null ? '–' : (100 * v).toFixed(d) + ' %';
const percentage = v => Number((100 * v).toFixed(1)) + ' %';
const whole = v => v == null ? '–' : Math.round(v).toLocaleString('en');
const short = v => v === 0 ? '0' : Math.abs(v) >= 1000 ? whole(v) : String(Number(v.toPrecision(3)));
const millis = v => v == null ? '–' : v >= 10000 ? fixed(v / 1000) + ' s' : fixed(v, v < 100 ? 1 : 0) + ' ms';
const chip = color => color ? `<i class="chip" style="background:${color}"></i>` : '';
const bar = v => `<div class="bar" aria-hidden="true"><i style="width:${100 * (v || 0)}%"></i></div>`;
const tiles = list => list.map(([name, value]) => `<div class="tile"><b>${text(value)}</b><span>${text(name)}</span></div>`).join('');
const facts = list => `<table class="facts"><tbody>${list.map(([name, value]) => `<tr><th scope="row">${text(name)}</th><td>${text(value)}</td></tr>`).join('')}</tbody></table>`;
// Of what is wider than a telephone: it scrolls, with arrow keys too.
const scroll = (name, html) => `<div class="scroll" role="region" tabindex="0" aria-label="${text(name)}">${html}</div>`;

// Table whose columns sort. columns: [{name, show: row => HTML, sort: row => value, n: is a number}]
function table(caption, columns, rows) {
  const head = columns.map(c => `<th scope="col"${c.n ? ' class="n"' : ''}>${c.sort && rows.length > 1 ? `<button type="button" title="Sort by ${text(c.name)}">${text(c.name)}</button>` : text(c.name)}</th>`).join('');
  const cell = (row, c, i) => {
    const value = c.sort ? c.sort(row) : null, sort = value == null ? '' : ` data-sort="${text(value)}"`;
    return i === 0 ? `<th scope="row"${sort}>${c.show(row)}</th>` : `<td${c.n ? ' class="n"' : ''}${sort}>${c.show(row)}</td>`;
  };
  return scroll(caption, `<table class="wide"><caption class="hidden">${text(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${
    rows.map(row => `<tr>${columns.map((c, i) => cell(row, c, i)).join('')}</tr>`).join('')}</tbody></table>`);
}

// A click, or a key on the button that a heading is; what has no value stays last.
document.addEventListener('click', event => {
  const button = event.target.closest('th button');
  if (!button) return;
  const th = button.parentNode, column = th.cellIndex, body = th.closest('table').tBodies[0];
  const number = th.classList.contains('n'), before = th.getAttribute('aria-sort');
  const up = before ? before === 'descending' : !number;
  const value = row => { const v = row.cells[column].dataset.sort; return v === undefined ? null : number ? Number(v) : v; };
  const order = (a, b) => a === null || b === null ? (a === null) - (b === null) : (up ? 1 : -1) * (number ? a - b : a.localeCompare(b));
  for (const other of th.parentNode.cells) other.removeAttribute('aria-sort');
  th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  body.append(...[...body.rows].sort((a, b) => order(value(a), value(b))));
});
