// What scores say of each class: accuracy (of its pixels, how many were found) and share follow from the confusion matrix, of which a row is a label.
const all = value => [].concat(value ?? []).join(', '); // machines may differ
const leftOutOf = summary => summary.streams.reduce((n, t) => n + t.skipped + (t.dropped || 0), 0);
const sum = values => values.reduce((a, b) => a + b, 0);
function byClass(scores) {
  const rows = scores.confusion, total = sum(rows.map(sum));
  return Object.entries(scores.iou).map(([name, iou], c) => {
    const labelled = sum(rows[c]), share = total ? labelled / total : null;
    return {name, iou, boundaryIou: scores.boundaryIou?.[name], accuracy: labelled ? rows[c][c] / labelled : null, share, predicted: total ? sum(rows.map(row => row[c])) / total : null};
  });
}
const scoreTiles = s => [['mIoU of ' + s.classesPresent + ' classes', percent(s.miou)], ['boundary IoU, mean', percent(s.meanBoundaryIou)], ['frequency-weighted IoU', percent(s.fwiou)],
  ['mean accuracy', percent(s.meanAccuracy)], ['pixel accuracy', percent(s.pixelAccuracy)], ['calibration error', percent(s.expectedCalibrationError)], ['labelled frames', whole(s.frames)]].filter(([, value]) => value !== '–');
function classTable(scores, classes) {
  const colors = Object.fromEntries(classes.map(c => [c.name, c.color])), number = (name, key) => ({name, n: true, sort: c => c[key], show: c => percent(c[key])});
  return table('Scores by class', [{name: 'class', sort: c => c.name, show: c => chip(colors[c.name]) + text(c.name)}, number('IoU', 'iou'), {name: '', show: c => bar(c.iou)},
    number('boundary IoU', 'boundaryIou'), number('accuracy', 'accuracy'), number('share labelled', 'share'), number('share predicted', 'predicted')], byClass(scores));
}
// Cells: rows of values up to `most`, of a difference down to its negative; a darker cell is more, and says how much.
function heatMap(caption, names, cells, shown, most = 1) {
  const depth = v => .9 * Math.sqrt(Math.abs(v) / most);
  const shade = v => v == null ? '' : `background:rgb(var(${v < 0 ? '--less' : '--heat'}) / ${depth(v).toFixed(3)});color:var(${depth(v) > .77 ? '--paper' : '--ink'})`;
  return scroll(caption, `<table class="heat"><caption class="hidden">${text(caption)}</caption><thead><tr><th class="corner"></th>${names.map(n => `<th scope="col">${text(n)}</th>`).join('')}</tr></thead><tbody>${
    cells.map((row, i) => `<tr><th scope="row">${text(names[i])}</th>${row.map((v, j) => `<td class="${i === j ? 'own' : ''}" style="${shade(v)}" title="${text(`${names[i]} taken for ${names[j]}: ${percent(v, 2)}`)}">${v == null ? '' : shown(v)}</td>`).join('')}</tr>`).join('')}</tbody></table>`);
}
const shares = confusion => confusion.map(row => { const all = sum(row); return row.map(n => all ? n / all : null); });
const inHundred = v => Math.abs(v) >= .005 ? Math.round(100 * v) : '';
const confusionMap = scores => '<p class="note">Row: what pixels are labelled; column: what they were taken for, in per cent of the row. A frame marks what is right.</p>'
  + heatMap('Confusion of classes', Object.keys(scores.iou), shares(scores.confusion), inHundred);
