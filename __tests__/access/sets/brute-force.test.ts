import { Acl } from '../../../access/decide/acl';
import { matches } from '../../../access/decide/match';
import { servers, type Server } from '../../../access/servers';
import { diffPrincipal } from '../../../access/sets/diff';
import { equal } from '../../../access/sets/equal';
import { overlap } from '../../../access/sets/overlap';
import type { PathClass } from '../../../access/sets/path-class';
import { reach } from '../../../access/sets/reach';
import { widens } from '../../../access/sets/widens';
import { caseCount, seed } from '../../support/soak';
import { policy } from '../hand-made';
import { allPaths, isInOne, membersOf, mutated, oneOf, randomOf, randomStanzas, type Random } from './random-policies';

const count = caseCount({ usual: 10_000, inSoak: 200_000 });
const paths = allPaths('ab/', 5);
const listed = allPaths('ab/', 6).filter((path) => path.endsWith('/'));
const universes = {
  list: { paths: listed, members: membersOf(listed) },
  read: { paths, members: membersOf(paths) },
  update: { paths, members: membersOf(paths) },
};

interface Pair {
  readonly before: Acl;
  readonly after: Acl;
  /** For failures. */
  readonly written: string;
}

const pair = (random: Random): Pair => {
  const stanzas = randomStanzas(random, 1 + Math.floor(random() * 6));
  const others = random() < 0.8 ? mutated(random, stanzas) : randomStanzas(random, 3);
  const names = Object.keys(servers) as Server[];
  const server = oneOf(random, names);
  const otherServer = random() < 0.95 ? server : oneOf(random, names);
  const written = [server, stanzas, otherServer, others]
    .map((part) =>
      typeof part === 'string'
        ? part
        : part.map(({ path, capabilities }) => `${path} ${capabilities.join()}`).join('; '),
    )
    .join('\n');
  return {
    before: Acl.compile([policy('one', stanzas)], { server }),
    after: Acl.compile([policy('two', others)], { server: otherServer }),
    written,
  };
};

type Compared = keyof typeof universes;

const allowed = (acl: Acl, operation: Compared): boolean[] =>
  universes[operation].paths.map((path) => acl.allows({ operation, path }));

/** First path of which a set of classes and the brute force disagree. */
const difference = (
  operation: Compared,
  classes: readonly PathClass[],
  isExpected: (index: number) => boolean | undefined,
): string | undefined => {
  const members = universes[operation].members(classes);
  return universes[operation].paths.find((_, index) => members[index] !== isExpected(index));
};

/** First class with a witness that it does not contain, or that the two sides do not decide as they must. */
const wrongWitness = (operation: Compared, classes: readonly PathClass[], allows: Acl, denies: Acl) =>
  classes.find(
    (one) =>
      !isInOne([one], one.witness) ||
      !allows.allows({ operation, path: one.witness }) ||
      denies.allows({ operation, path: one.witness }),
  );

describe('sets of paths', () => {
  process.stderr.write(`repeat with VAULT_PLATFORM_SEED=${seed}\n`);

  it('contain exactly the paths that brute force finds, for random pairs of policies', () => {
    const random = randomOf(seed);
    for (let index = 0; index < count; index += 1) {
      const { before, after, written } = pair(random);
      const change = diffPrincipal(before, after, 'someone');
      for (const operation of ['list', oneOf(random, ['read', 'update'] as const)] as const) {
        const [was, is] = [allowed(before, operation), allowed(after, operation)];
        const { gained = [], lost = [] } = change.operations.find((one) => one.operation === operation) ?? {};
        const reached = reach(after, operation);
        const wrong = {
          gained: difference(operation, gained, (path) => is[path] && !was[path]),
          lost: difference(operation, lost, (path) => was[path] && !is[path]),
          reach: difference(operation, reached, (path) => is[path]),
          gainedWitness: wrongWitness(operation, gained, after, before),
          lostWitness: wrongWitness(operation, lost, before, after),
          reachWitness: wrongWitness(operation, reached, after, nobody),
        };
        if (Object.values(wrong).some((one) => one !== undefined))
          throw new Error(`${operation} is wrong: ${JSON.stringify({ wrong, gained, lost })}\n${written}`);
      }
      const asComputed = { equal: equal(before, after), widens: widens(change) };
      const expected = {
        equal: change.operations.length === 0,
        widens: change.operations.some(({ gained }) => gained.length > 0),
      };
      if (JSON.stringify(asComputed) !== JSON.stringify(expected))
        throw new Error(`${JSON.stringify({ asComputed, expected })}\n${written}`);
    }
  });

  it('overlap exactly where brute force finds a common path', () => {
    const random = randomOf(seed);
    const server = 'openbao-2.7';
    for (let index = 0; index < count; index += 1) {
      const rules = Acl.compile([policy('one', randomStanzas(random, 2))], { server }).rules;
      const [a, b = a] = rules;
      if (a === undefined || b === undefined) throw new Error('There is no rule.');
      const [inA = [], inB = []] = [a, b].map((rule) =>
        universes.read.members([{ include: rule.path, within: [], except: [] }]),
      );
      const common = paths.find((_, at) => inA[at] && inB[at]);
      const witness = overlap(a, b);
      const isRight = witness === undefined ? common === undefined : [a, b].every((rule) => matches(rule, witness));
      if (!isRight) throw new Error(`${a.path} and ${b.path}: ${witness}, but ${common}`);
    }
  });
});

const nobody = Acl.compile([], { server: 'openbao-2.7' });
