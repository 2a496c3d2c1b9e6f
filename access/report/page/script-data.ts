/** Reads the data of the page, filters entries and adds them up to rows of the map. */
export const scriptData = String.raw`
const data = JSON.parse(document.getElementById('data').textContent);
const levels = ['critical', 'high', 'medium', 'low'];
const state = { query: '', direction: 'all', levels: new Set(levels), open: new Set(), chosen: null, byName: false };

const entries = data.entries.map(([holder, area, direction, level, verbs, what, where, within, except, reasons, grants], index) => ({
  index, holder: data.holders[holder], area, direction, level: levels[level], verbs: data.texts[verbs], what,
  where: where < 0 ? undefined : data.texts[where], within, except, reasons: reasons.map(([rank, text]) => [levels[rank], data.texts[text]]), grants,
}));
const stanzaOf = (grant) => data.stanzas[grant[5]];
const placeOf = (stanza) => stanza.policy + ':' + stanza.line;

/** Words that an entry is found by. Made when they are first needed. */
function words(entry) {
  if (entry.words === undefined) {
    const { team, tenant, environment, name, kind, cluster, place } = entry.holder;
    const parts = [team + '/' + tenant, environment, name, kind, cluster, place, entry.level, entry.verbs, entry.what, entry.where];
    for (const [, text] of entry.reasons) parts.push(text);
    for (const grant of entry.grants) parts.push(grant[1], grant[3], placeOf(stanzaOf(grant)), stanzaOf(grant).place);
    entry.words = parts.join(' ').toLowerCase();
  }
  return entry.words;
}

/** Entries that the filters leave, most dangerous first. */
function filtered() {
  const terms = state.query.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) =>
    (state.direction === 'all' || entry.direction === state.direction) &&
    (entry.direction === 'lost' || state.levels.has(entry.level)) &&
    terms.every((term) => words(entry).includes(term)));
}

/** Adds entries up: a tree of teams, tenants and principals, each with one sum for each area. */
function tree(list) {
  const root = { children: new Map() };
  for (const entry of list) {
    const { team, tenant, environment, name, id, cluster } = entry.holder;
    let node = root;
    const path = [[team, team], [tenant, tenant], [cluster + ' ' + id, name, environment]];
    path.forEach(([key, label, hint], depth) => {
      let child = node.children.get(key);
      if (child === undefined) {
        child = { key: depth === 0 ? key : node.key + '\n' + key, label, hint, depth: depth + 1, children: new Map(), sums: new Map(), danger: [0, 0, 0, 0, 0] };
        node.children.set(key, child);
      }
      node = child;
      add(node.sums, entry);
      node.danger[entry.direction === 'lost' ? 4 : levels.indexOf(entry.level)] += 1;
    });
  }
  return root;
}

function add(sums, entry) {
  let sum = sums.get(entry.area);
  if (sum === undefined) sums.set(entry.area, (sum = { plus: 0, lost: 0, changed: 0, worst: 3 }));
  if (entry.direction === 'lost') sum.lost += 1;
  else if (entry.direction === 'changed') sum.changed += 1;
  else {
    sum.plus += 1;
    sum.worst = Math.min(sum.worst, levels.indexOf(entry.level));
  }
}

/** Rows that are visible: children of closed rows are not. */
function visibleRows(root) {
  const rows = [];
  const visit = (node) => {
    const children = [...node.children.values()].sort((a, b) => (state.byName ? 0 : compare(a.danger, b.danger)) || collator.compare(a.label, b.label) || collator.compare(a.hint || '', b.hint || ''));
    for (const child of children) {
      rows.push(child);
      if (child.depth < 3 && state.open.has(child.key)) visit(child);
    }
  };
  visit(root);
  return rows;
}
const compare = (a, b) => a.reduce((difference, number, index) => difference || b[index] - number, 0);
const collator = new Intl.Collator('en', { numeric: true });

/** Whether an entry is in the row and the column that were chosen. */
function isChosen(entry) {
  if (state.chosen === null) return true;
  const { key, area } = state.chosen;
  const { team, tenant, id, cluster } = entry.holder;
  const whole = [team, tenant, cluster + ' ' + id];
  return (area === undefined || entry.area === area) && (key === undefined || key.split('\n').every((part, index) => part === whole[index]));
}

/** An element with properties and children; text is never read as HTML. */
function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'left' || name === 'width') element.style[name] = value + 'px';
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}
`;
