import { Acl } from '../../access/decide/acl';
import { parsePolicy } from '../../access/policy/parse-policy';
import { diffPrincipal } from '../../access/sets/diff';
import { diffModels } from '../../access/sets/diff-models';
import { equal } from '../../access/sets/equal';
import { reach } from '../../access/sets/reach';
import { columns } from '../../cli/table';
import { median } from '../median';
import { modelOf, tenantText } from './models';

const runs = 5;
const tenants = 10_000;

/** CPU milliseconds of one run, after one warm-up run. */
const measured = (work: () => unknown): string => {
  const times: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const begin = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begin);
    if (run > 0) times.push((user + system) / 1000);
  }
  return median(times).toFixed(1);
};

const compiled = (text: string): Acl =>
  Acl.compile([parsePolicy('bench', text, 'openbao-2.7')], { server: 'openbao-2.7' });

const principals = [50, 200].flatMap((stanzas) => {
  const text = tenantText('bench', stanzas);
  const before = compiled(text);
  const narrow = compiled(`${text}\npath "v1/bench/kv/data/new/*" { capabilities = ["read"] }`);
  const wide = compiled(`${text}\npath "v1/bench/*" { capabilities = ["read", "list"] }`);
  return [
    [`${stanzas} stanzas, one more for an application`, measured(() => diffPrincipal(before, narrow, ''))],
    [`${stanzas} stanzas, one more for everything`, measured(() => diffPrincipal(before, wide, ''))],
    [`${stanzas} stanzas, a new principal`, measured(() => diffPrincipal(undefined, before, ''))],
    [`${stanzas} stanzas, reach of one operation`, measured(() => reach(before, 'read'))],
    [`${stanzas} stanzas, equal`, measured(() => equal(before, narrow))],
  ];
});

const model = modelOf(tenants, (name) => tenantText(name, 12));
const changedIn = (share: number) =>
  modelOf(tenants, (name, index) =>
    index % share === 0
      ? `${tenantText(name, 12)}\npath "v1/${name}/kv/data/new/*" { capabilities = ["read"] }`
      : tenantText(name, 12),
  );
const models = [1_000, 100].map((share) => {
  const after = changedIn(share);
  return [`${tenants} tenants, ${tenants / share} changed`, measured(() => diffModels(model, after, 0))];
});

console.log(columns([['what', 'ms CPU'], ...principals, ...models]));
