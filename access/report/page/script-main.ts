/** Filters, the search and the keys that work everywhere. */
export const scriptMain = String.raw`
const search = document.getElementById('search');
const status = document.getElementById('status');
const empty = document.getElementById('empty');
let shown = [], timer = 0;

function update() {
  shown = filtered();
  updateMap(shown);
  updateList(shown);
  empty.hidden = rows.length > 0;
  const principals = new Set(shown.map((entry) => entry.holder)).size;
  status.textContent = shown.length === entries.length ? '' : shown.length.toLocaleString('en') + ' of ' + entries.length.toLocaleString('en') + ', ' + principals.toLocaleString('en') + (principals === 1 ? ' principal' : ' principals');
}

/** @param chosen row and column whose entries are listed; null lists all */
function choose(chosen) {
  state.chosen = chosen;
  updateMap(shown);
  updateList(shown);
}

search.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(() => { state.query = search.value; state.chosen = null; update(); }, 90);
});
for (const button of document.querySelectorAll('[data-direction]')) {
  button.addEventListener('click', () => {
    state.direction = button.dataset.direction;
    for (const other of document.querySelectorAll('[data-direction]')) other.setAttribute('aria-pressed', String(other === button));
    state.chosen = null;
    update();
  });
}
/** The first click on a level shows it alone, a click on the only one shows all again. */
for (const button of document.querySelectorAll('[data-level]')) {
  button.addEventListener('click', () => {
    const { level } = button.dataset;
    const alone = state.levels.size === 1 && state.levels.has(level);
    state.levels = new Set(alone ? levels : [level]);
    for (const other of document.querySelectorAll('[data-level]')) other.setAttribute('aria-pressed', String(state.levels.has(other.dataset.level)));
    state.chosen = null;
    update();
  });
}
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && document.activeElement !== search) {
    search.focus();
    search.select();
    event.preventDefault();
  } else if (event.key === 'Escape') {
    if (document.activeElement === search && search.value !== '') { search.value = ''; state.query = ''; }
    else map.focus();
    state.chosen = null;
    update();
  } else if (event.key === 'ArrowDown' && document.activeElement === search) {
    map.focus();
    event.preventDefault();
  }
});
if (new Set(data.holders.map((holder) => holder.team)).size <= 4) for (const holder of data.holders) state.open.add(holder.team).add(holder.team + '\n' + holder.tenant);
document.body.classList.toggle('nothing', entries.length === 0);
update();
`;
