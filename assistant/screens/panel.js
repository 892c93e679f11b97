// A panel of HTML that answers to clicks and keys: buttons with data-evidence show a quote in its source, things
// with data-choose are chosen, text selected in a source is reported with the segment that it stands in.
// A button with data-back leads back to where the page was when a quote was opened.
// A button with data-play plays the panel's recording from that second; so does a player with data-at on arrival.
const play = (player, at) => {
  const go = () => { player.currentTime = at; player.play().catch(() => {}); };
  if (player.readyState > 0) go(); else { player.addEventListener('loadedmetadata', go, {once: true}); player.load(); }
};
const told = (target) => {
  if (target.closest('[data-back]')) { scrollTo({top: window.listAt || 0}); return true; }
  const sound = target.closest('[data-play]');
  const player = sound && element.querySelector('audio');
  if (player) {
    if (!player.src.endsWith(sound.dataset.sound)) player.src = sound.dataset.sound;
    play(player, Number(sound.dataset.play));
    return true;
  }
  const proof = target.closest('[data-evidence]');
  if (proof) {
    window.listAt = scrollY;
    trigger('select', {kind: 'evidence', source: proof.dataset.source, segment: proof.dataset.segment, quote: proof.dataset.quote});
    return true;
  }
  const thing = target.closest('[data-choose]');
  if (!thing || target.closest('summary, a')) return false;
  element.querySelectorAll('.chosen').forEach((other) => { other.classList.remove('chosen'); other.removeAttribute('aria-current'); });
  thing.classList.add('chosen');
  thing.setAttribute('aria-current', 'true');
  trigger('select', {kind: 'choose', id: thing.dataset.choose});
  return true;
};
element.addEventListener('click', (event) => { if (!String(window.getSelection())) told(event.target); });
element.addEventListener('keydown', (event) => {
  const things = [...element.querySelectorAll('[data-choose]')];
  const at = things.indexOf(event.target.closest('[data-choose]'));
  const step = {ArrowDown: 1, j: 1, ArrowUp: -1, k: -1}[event.key];
  if (step && at >= 0) {
    const next = things[Math.min(things.length - 1, Math.max(0, at + step))];
    next.focus();
    next.scrollIntoView({block: 'nearest'});
    event.preventDefault();
  } else if (event.key === 'Enter' && event.target.matches('[data-choose]')) {
    told(event.target);
    const proof = event.target.querySelector('[data-evidence]');
    if (proof) told(proof);
    event.preventDefault();
  } else if (event.key === 'e' && at >= 0) {
    const proofs = [...things[at].querySelectorAll('[data-evidence]')];
    const turn = Number(things[at].dataset.turn || 0);
    if (proofs.length) told(proofs[turn % proofs.length]);
    things[at].dataset.turn = turn + 1;
  }
});
element.addEventListener('mouseup', () => {
  const selection = window.getSelection();
  const words = String(selection).trim();
  const start = selection.anchorNode && (selection.anchorNode.nodeType === 3 ? selection.anchorNode.parentElement : selection.anchorNode);
  const segment = start && start.closest('[data-segment]');
  const source = start && start.closest('[data-source]');
  if (words && segment && source && element.contains(segment)) {
    trigger('select', {kind: 'words', source: source.dataset.source, segment: segment.dataset.segment, quote: words});
  }
});
// Scrolls the panel's own box, and the page only where the thing is out of sight after that (a narrow page).
const bring = (thing, centred) => {
  const box = thing.closest('.block.tall');
  if (!box) return;
  const [at, around] = [thing.getBoundingClientRect(), box.getBoundingClientRect()];
  if (centred || at.top < around.top || at.bottom > around.bottom) {
    box.scrollTop += at.top - around.top - Math.max(0, around.height - at.height) / 2;
  }
  const now = thing.getBoundingClientRect();
  if (centred && (now.top < 0 || now.top > innerHeight)) thing.scrollIntoView({block: 'center'});
};
const settle = () => {
  const shown = element.querySelector('#shown-quote, [data-shown]');
  const chosen = element.querySelector('[data-choose].chosen');
  if (shown) bring(shown, true); else if (chosen) bring(chosen, false);
  const player = element.querySelector('audio[data-at]');
  if (player) play(player, Number(player.dataset.at));
};
watch('value', settle);
