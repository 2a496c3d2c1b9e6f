import { Acl } from '../../../access/decide/acl';
import { decodePolicyText } from '../../../access/policy/decode-policy-text';
import { parsePolicy } from '../../../access/policy/parse-policy';
import { PolicyError, type Policy } from '../../../access/policy/policy';
import {
  recordedDecisions,
  recordedServers,
  sampleFile,
  type DecisionLine,
  type RecordedLine,
  type RecordedServer,
} from './decisions';

let all: ReturnType<typeof recordedDecisions> | undefined;

/** Read by the first test that uses them: `npm run mutation` leaves out most. */
const recordedLines = <Kind extends RecordedLine['kind']>(kind: Kind): Extract<RecordedLine, { kind: Kind }>[] => {
  if (all === undefined) {
    all = recordedDecisions();
    if (all.source === sampleFile) {
      process.stderr.write(`../shared/data/acl is absent: ${all.lines.length} committed decisions are compared\n`);
    }
  }
  return all.lines.filter((line) => line.kind === kind) as Extract<RecordedLine, { kind: Kind }>[];
};

/** At most a few, because a list of thousands helps nobody. */
const few = <T>(items: readonly T[]): readonly T[] => items.slice(0, 5);

describe.each(Object.entries(recordedServers) as [RecordedServer, (typeof recordedServers)[RecordedServer]][])(
  'recorded decisions of %s',
  (recorded, server) => {
    const policies = new Map<string, Policy>();
    const policy = (name: string, text: string): Policy => {
      const key = `${name}\n${text}`;
      const parsed = policies.get(key) ?? parsePolicy(name, decodePolicyText(text), server);
      policies.set(key, parsed);
      return parsed;
    };
    const acls = new Map<string, Acl>();
    const aclOf = (line: DecisionLine): Acl => {
      const key = line.policies.map(({ name, text }) => `${name}\n${text}`).join('\0');
      const acl =
        acls.get(key) ??
        Acl.compile(
          line.policies.map(({ name, text }) => policy(name, text)),
          { server },
        );
      acls.set(key, acl);
      return acl;
    };

    it('covers all families', () => {
      const decisions = recordedLines('case');
      expect(new Set(decisions.map(({ family }) => family))).toEqual(
        new Set(['plain', 'list', 'param', 'wrap', 'kv2', 'sudo', 'edgepath', 'edgelist', 'syntax', 'mutant']),
      );
      expect(decisions.length).toBeGreaterThan(1500);
    });

    it('are all the same', () => {
      const wrong = recordedLines('case').filter((line) => {
        const { operation, path, parameters, wrap_ttl: wrapTtlSeconds, exists } = line;
        const request = { operation, path, parameters, wrapTtlSeconds, exists };
        const acl = aclOf(line);
        const expected = line[recorded].allowed;
        return acl.allows(request) !== expected || acl.decide(request).allowed !== expected;
      });
      expect(few(wrong)).toEqual([]);
    });

    it('refuse the same policies', () => {
      const wrong = recordedLines('policy').filter((line) => {
        try {
          policy('p', line.text);
          return !line[recorded].stored;
        } catch (error) {
          if (!(error instanceof PolicyError)) throw error;
          return line[recorded].stored;
        }
      });
      expect(few(wrong)).toEqual([]);
    });
  },
);
