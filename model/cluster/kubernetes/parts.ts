import { z } from 'zod';

import { cidrRule } from '../../language/rules/cidr';
import {
  cpuRule,
  labelKeyRule,
  labelValueRule,
  memoryRule,
  objectNameRule,
  quantity,
} from '../../language/rules/kubernetes';
import { textRule } from '../../language/rules/text';
import { filledList, list, map, optional, patternRule, refuse, text, wholeNumber } from '../../language/schema';
import type { CheckContext, Output } from '../../language/schema';

/** Labels of objects, or a selector of labels. */
export const labels = z.record(text(labelKeyRule), text(labelValueRule), {
  error: 'a map of labels, such as {pool: vault}',
});

export type Labels = Output<typeof labels>;

export const annotations = optional(
  z.record(text(labelKeyRule), text(textRule), { error: 'a map of annotations, with texts as values' }),
  {},
).describe('Annotations of the Service.');

/** A key of a Secret. */
const secretKeyRule = patternRule(/^(?!\.\.?$)[A-Za-z0-9._-]{1,253}$/, 'a key of a Secret such as password', {
  message: 'this cannot be a key of a Secret',
  fix: 'write letters, digits, `.`, `_` and `-`',
});

type SecretEntrySchema = ReturnType<typeof map<{ secret: z.ZodString; key: z.ZodPrefault<z.ZodString> }>>;

/** An entry of a Secret; the inventory never holds its value. */
export const secretEntry = (defaultKey: string): SecretEntrySchema =>
  map({
    secret: text(objectNameRule).describe('Name of the Secret, in the servers’ namespace.'),
    key: optional(text(secretKeyRule), defaultKey).describe('Key in the Secret.'),
  });

export type SecretEntry = Output<SecretEntrySchema>;

/** The CA certificate of something the servers connect to. */
export const authority = (of: string): z.ZodExactOptional<SecretEntrySchema> =>
  optional(secretEntry('ca.crt')).describe(
    `Secret with the CA certificate of ${of}, in PEM. Default: the CAs that the image trusts.`,
  );

export const port = wholeNumber(1, 65_535);

const peer = map(
  {
    cidr: optional(text(cidrRule)).describe('A network; cannot be combined with `namespaces` and `pods`.'),
    namespaces: optional(labels).describe(
      'Labels of namespaces; {} selects all. Default, with `pods`: the servers’ own namespace.',
    ),
    pods: optional(labels).describe('Labels of pods. Default: all pods of the selected namespaces.'),
  },
  ({ cidr, namespaces, pods }, context) => {
    const message = 'cidr, or namespaces and pods';
    const selects = namespaces !== undefined || pods !== undefined;
    if (cidr === undefined && !selects) {
      refuse(context, [], message, {
        message: 'this peer selects nothing',
        fix: 'add `cidr:` with a network, or `namespaces:` with labels',
      });
    }
    if (cidr !== undefined && selects) {
      refuse(context, ['cidr'], message, {
        message: '`cidr` excludes `namespaces` and `pods`',
        fix: 'write an entry for each',
      });
    }
  },
).transform(({ cidr, ...selector }) => (cidr === undefined ? selector : { cidr }));

/** The other side of a connection, as a NetworkPolicy selects it: pods that match both sets of labels, or a network. */
export type NetworkPeer = Output<typeof peer>;

const allowedPeers = 'a list of networks, or of labels of namespaces and pods';

export const peers = list(peer, allowedPeers, JSON.stringify);
export const somePeers = filledList(peer, allowedPeers, JSON.stringify);

/** All addresses, of IPv4 and IPv6. */
const anywhere = [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }];

/** Addresses of a service that may be anywhere. */
export const egress = optional(somePeers, anywhere);

/** All pods of a namespace, by the label that Kubernetes sets on each namespace. */
export const inNamespace = (name: string): { namespaces: Record<string, string> }[] => [
  { namespaces: { 'kubernetes.io/metadata.name': name } },
];

export const sourceRanges = filledList(text(cidrRule), 'a list of networks').describe(
  'Networks that may connect; 0.0.0.0/0 allows all.',
);

/** A check of any map that has the keys in question. */
type KeyCheck = (value: object, context: CheckContext) => void;

const limitsCoverRequests: KeyCheck = (resources, context) => {
  for (const kind of ['cpu', 'memory']) {
    const { [`${kind}Request`]: request = '', [`${kind}Limit`]: limit } = resources as Record<string, string>;
    // A text that is no quantity is NaN here, and reported by its own rule.
    if (limit === undefined || !(quantity(request) > quantity(limit))) continue;
    refuse(context, [`${kind}Limit`], `${request} or more`, {
      message: `${kind}Limit is less than ${kind}Request`,
      fix: `raise ${kind}Limit or lower ${kind}Request`,
    });
  }
};

/**
 * Requests and limits of a pod.
 *
 * @param memory default of the request
 * @param limit default of the limit, for requests up to it
 */
const podResources = (of: string, memory: string, limit: string) =>
  optional(
    map(
      {
        cpuRequest: optional(text(cpuRule), '500m').describe('CPU request.'),
        cpuLimit: optional(text(cpuRule)).describe(
          'CPU limit. Default: none, because a limit would throttle a server during a takeover.',
        ),
        memoryRequest: optional(text(memoryRule), memory).describe('Memory request.'),
        memoryLimit: optional(text(memoryRule)).describe(
          `Memory limit. Default: ${limit}, or memoryRequest if that is more.`,
        ),
      },
      limitsCoverRequests,
    ).transform((resources) => {
      const { memoryRequest, memoryLimit = quantity(memoryRequest) > quantity(limit) ? memoryRequest : limit } =
        resources;
      return { ...resources, memoryLimit };
    }),
    {},
  ).describe(`CPU and memory of ${of}.`);

export const serverResources = podResources('each server', '512Mi', '1Gi');

// Limit and request are the same: a database that is killed for its memory takes the servers with it.
export const databaseResources = podResources('each instance', '1Gi', '1Gi');

export type PodResources = Output<typeof serverResources>;

/** Refuses two identities where one is used. */
export const oneIdentity =
  (credentials: string, identity: string): KeyCheck =>
  (value, context) => {
    if (!Object.hasOwn(value, credentials) || !Object.hasOwn(value, identity)) return;
    refuse(context, [credentials], `${credentials} or ${identity}`, {
      message: `\`${credentials}\` and \`${identity}\` exclude each other`,
      fix: `keep ${identity}: it needs no secret that could leak`,
    });
  };
