// Frames that are worth a look, the worst first; each picture is a button that shows it as large as the window is.
const worthBy = {miou: 'mIoU of the frame', temporalConsistency: 'agreement with the mask before, after motion', stability: 'agreement with the mask before', uncertainShare: 'uncertain pixels'};
const whenOf = seconds => seconds > 1e9 ? new Date(1000 * seconds).toISOString().slice(0, 19).replace('T', ' ') + ' UTC' : clock(seconds);
function keptFrames({kept, shown}) {
  const name = f => f.picture ?? `${f.stream}, frame ${f.frame}`;
  const why = f => `${worthBy[f.reason]} ${percent(f[f.reason])}` + (f.reason === 'miou' ? `, pixel accuracy ${percent(f.pixelAccuracy)}` : '');
  const picture = (f, [kind, uri]) => `<button type="button" data-large="${text(`${name(f)}: ${kind}`)}"><img src="${uri}" alt="${text(`${kind} of ${name(f)}`)}" loading="lazy"><span>${kind}</span></button>`;
  const figure = f => `<figure${f.pictures.label ? ' class="labelled"' : ''}><figcaption><b>${text(name(f))}</b> at ${whenOf(f.seconds)}: ${text(why(f))}</figcaption><div class="pictures">${Object.entries(f.pictures).map(p => picture(f, p)).join('')}</div></figure>`;
  return '<h2>Frames worth a look</h2><p class="note">' + (kept === 0 ? 'None was kept.' : `${kept === shown.length ? `All ${whole(kept)}` : `The worst ${whole(shown.length)} of ${whole(kept)}`} that were kept, in small; all of them lie in <code>frames</code>, as a training reads them. `
    + (shown.some(f => f.pictures.difference) ? 'In a difference, dark is wrong and white has no label. ' : '') + 'Choose a picture to enlarge it.') + '</p><div class="frames">' + shown.map(figure).join('') + '</div>';
}
document.addEventListener('click', event => {
  const button = event.target.closest('button[data-large]');
  if (!button) return;
  const dialog = document.createElement('dialog'), close = () => { dialog.remove(); button.focus(); };
  dialog.className = 'large';
  dialog.setAttribute('aria-label', button.dataset.large);
  dialog.innerHTML = `<form method="dialog"><button>Close</button></form><p>${text(button.dataset.large)}</p>`;
  dialog.append(button.querySelector('img').cloneNode());
  dialog.addEventListener('close', close);
  dialog.addEventListener('click', ({target}) => { if (target.tagName !== 'BUTTON') dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
});
