/** The list of entries beside the map: each opens to its stanzas. More are added when the end comes into view. */
export const scriptList = String.raw`
const list = document.getElementById('list');
const heading = document.getElementById('heading');
const batch = 60;
let listed = [], drawn = 0;

/** @param shown entries that the filters leave */
function updateList(shown) {
  listed = shown.filter(isChosen);
  drawn = 0;
  list.replaceChildren();
  list.scrollTop = 0;
  const noun = data.kind === 'diff' ? 'change' : 'permission';
  heading.replaceChildren(
    listed.length.toLocaleString('en') + ' ' + noun + (listed.length === 1 ? '' : 's'),
    h('span', {}, state.chosen === null ? 'most dangerous first' : chosenName()),
    ...(state.chosen === null ? [] : [h('button', { type: 'button', onclick: () => { choose(null); map.focus(); } }, 'Show all')]));
  if (listed.length === 0) list.append(h('li', { class: 'empty' }, h('b', {}, 'Nothing matches'), 'Change the search or the filters.'));
  drawItems();
}

function chosenName() {
  const { key, area } = state.chosen;
  const row = key === undefined ? undefined : rows.find((each) => each.key === key);
  return [row === undefined ? undefined : row.label, area === undefined ? undefined : data.areas[area]].filter(Boolean).join(' \u00d7 ');
}

function drawItems() {
  const next = listed.slice(drawn, drawn + batch);
  drawn += next.length;
  list.append(...next.map(item));
}
list.addEventListener('scroll', () => {
  if (drawn < listed.length && list.scrollTop + list.clientHeight > list.scrollHeight - 600) drawItems();
}, { passive: true });

function item(entry) {
  const { holder, direction, level, verbs, what, where, within, except, reasons } = entry;
  const tone = direction === 'gained' || direction === 'held' ? level : direction;
  const conditions = [...new Set(entry.grants.flatMap((grant) => grant[4]))];
  const before = [...new Set(entry.grants.flatMap((grant) => grant[7]))];
  const button = h('button', { type: 'button', 'aria-expanded': 'false', onclick: () => toggle(button, entry) },
    h('span', { class: 'tag' }, tone),
    h('span', { class: 'who' }, h('b', {}, holder.owned ? holder.team + '/' + holder.tenant : holder.name), ' \u00b7 ',
      (holder.owned ? [holder.environment, holder.kind + ' ' + holder.name] : [holder.kind, holder.cluster]).filter(Boolean).join(' \u00b7 '),
      holder.presence === 'both' ? '' : holder.presence === 'added' ? ' \u00b7 new' : ' \u00b7 removed'),
    h('span', { class: 'what' }, data.kind === 'access' || direction === 'gained' ? '' : direction === 'lost' ? 'no longer ' : 'under other conditions: ',
      h('em', {}, verbs), ' ', h('code', {}, what), ...(where === undefined ? [] : [' in ', h('code', {}, where)])),
    within.length > 0 && h('span', { class: 'except' }, 'and matching ', ...join(within.map((each) => h('code', {}, each)))),
    except.length > 0 && h('span', { class: 'except' }, 'except ', ...join(except.slice(0, 8).map((each) => h('code', {}, each))), except.length > 8 ? ' and ' + (except.length - 8) + ' more' : ''),
    conditions.length > 0 && h('span', { class: 'except' }, 'only if ' + conditions.join('; ')),
    before.length > 0 && h('span', { class: 'except' }, 'before only if ' + before.join('; ')),
    reasons.length > 0 && h('ul', { class: 'why' }, ...levels.flatMap((rank) => {
      const texts = reasons.filter(([other]) => other === rank).map(([, text]) => text);
      return texts.length === 0 ? [] : [h('li', { class: rank }, texts.join(' \u00b7 '))];
    })));
  return h('li', { class: 'item ' + tone }, button);
}

const join = (parts) => parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));

function toggle(button, entry) {
  const isOpen = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!isOpen));
  if (isOpen) button.nextSibling.remove();
  else button.after(details(entry));
}

/** What proves an entry: for each operation a pattern and a path of it, and the stanzas with their places. */
function details({ holder, grants }) {
  const stanzas = [...new Set(grants.map(stanzaOf))];
  return h('div', { class: 'more' },
    h('table', { class: 'grants' },
      h('thead', {}, h('tr', {}, ...['Operation', 'Pattern', 'For example'].map((text) => h('th', { scope: 'col' }, text)))),
      h('tbody', {}, ...rowsOf(grants).map(([operations, pattern, witness]) => h('tr', {},
        h('td', {}, operations.join(', ')), h('td', { class: 'mono' }, pattern), h('td', { class: 'mono' }, witness))))),
    ...stanzas.map((stanza) => h('figure', { class: 'stanza' },
      h('figcaption', {}, h('span', {}, 'Stanza ', h('span', { class: 'mono' }, placeOf(stanza))),
        stanza.place && h('span', {}, 'Declared in ', h('span', { class: 'mono' }, stanza.place)),
        holder.place && holder.place !== stanza.place && h('span', {}, 'Login in ', h('span', { class: 'mono' }, holder.place))),
      stanza.text && h('pre', { tabindex: 0 }, ...highlight(stanza.text)))));
}

/** Operations on the same paths are one row. */
function rowsOf(grants) {
  const byPaths = new Map();
  for (const [operation, include, except, witness, , , within] of grants) {
    const pattern = [include, ...within].join(' and ') + (except.length === 0 ? '' : ' except ' + except.join(', '));
    const row = byPaths.get(pattern + '\n' + witness);
    if (row === undefined) byPaths.set(pattern + '\n' + witness, [[operation], pattern, witness]);
    else row[0].push(operation);
  }
  return [...byPaths.values()];
}

/** HCL in colours: strings, comments, names. */
function highlight(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(/("(?:\\.|[^"\\])*")|(#.*|\/\/.*)|([A-Za-z_]+)(?=\s*[="])/g)) {
    parts.push(text.slice(end, match.index), h('span', { class: match[1] ? 's' : match[2] ? 'c' : 'k' }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function focusItem(index) {
  const buttons = [...list.querySelectorAll('.item > button')];
  const target = buttons[Math.max(0, Math.min(buttons.length - 1, index))];
  if (target !== undefined) target.focus();
}
list.addEventListener('keydown', (event) => {
  const buttons = [...list.querySelectorAll('.item > button')];
  const at = buttons.indexOf(document.activeElement);
  if (event.key === 'ArrowDown') { if (at === buttons.length - 1) drawItems(); focusItem(at + 1); }
  else if (event.key === 'ArrowUp') focusItem(at - 1);
  else return;
  event.preventDefault();
});
`;
