import { z } from 'zod';

import { cidrRule } from '../rules/cidr';
import { cpuRule, labelKeyRule, labelValueRule, memoryRule, objectNameRule, secretKeyRule } from '../rules/kubernetes';
import { textRule } from '../rules/text';
import { custom, filledList, itself, list, map, text } from './parts';

/** What several keys of `kubernetes:` are made of. */

type LabelMap = z.ZodRecord<z.ZodString, z.ZodString>;

/** Labels of objects, or what selects them. */
export const labels = (): LabelMap =>
  z.record(text(labelKeyRule), text(labelValueRule), { error: 'a map of labels, such as {pool: vault}' });

export const annotations = (): LabelMap =>
  z.record(text(labelKeyRule), text(textRule), { error: 'a map of annotations, with texts for values' });

/** An entry of a Secret. */
export const secretEntry = (
  defaultKey: string,
): ReturnType<typeof map<{ secret: z.ZodString; key: z.ZodOptional<z.ZodString> }>> =>
  map({
    secret: text(objectNameRule).describe('Name of the Secret, in the servers’ namespace.'),
    key: text(secretKeyRule).optional().describe(`Key in it. Default ${defaultKey}.`),
  });

const peer = map({
  cidr: text(cidrRule).optional().describe('A network; instead of the labels.'),
  namespaces: labels()
    .optional()
    .describe('Labels of namespaces; {} is every one. Default: the servers’ own namespace, with `pods`.'),
  pods: labels().optional().describe('Labels of pods. Default: all pods of the namespaces.'),
}).superRefine(({ cidr, namespaces, pods }, context) => {
  const message = 'cidr, or namespaces and pods';
  const chooses = namespaces !== undefined || pods !== undefined;
  if (cidr === undefined && !chooses) {
    const fault = {
      message: 'it is not said who is meant',
      fix: 'add `cidr:` with a network, or `namespaces:` with labels',
    };
    context.addIssue({ ...custom(fault), message });
  }
  if (cidr !== undefined && chooses) {
    const fault = { message: 'a network has no namespaces and pods', fix: 'write an entry for each' };
    context.addIssue({ ...custom(fault), message, path: ['cidr'] });
  }
});

/** Other sides of connections, as NetworkPolicies name them. */
export const peers = (): z.ZodArray<typeof peer> =>
  list(peer, 'a list of networks, or of labels of namespaces and pods', JSON.stringify);
export const somePeers = (): z.ZodArray<typeof peer> =>
  filledList(peer, 'a list of networks, or of labels of namespaces and pods', JSON.stringify);

export const sourceRanges = (): z.ZodArray<z.ZodString> =>
  filledList(text(cidrRule), 'a list of networks', itself)
    .meta({ uniqueItems: true })
    .describe('Networks that may connect; 0.0.0.0/0 is everybody.');

type ResourcesSchema = ReturnType<
  typeof map<Record<'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit', z.ZodOptional<z.ZodString>>>
>;

/** @param defaults in words, of request and limit */
export const podResources = (defaults: { cpu: string; memory: string; limit: string }): ResourcesSchema =>
  map({
    cpuRequest: text(cpuRule).optional().describe(`Processor time that is reserved. Default ${defaults.cpu}.`),
    cpuLimit: text(cpuRule)
      .optional()
      .describe('Processor time that is not exceeded. Default: none, which would throttle a leader that takes over.'),
    memoryRequest: text(memoryRule).optional().describe(`Memory that is reserved. Default ${defaults.memory}.`),
    memoryLimit: text(memoryRule).optional().describe(`Memory that is not exceeded. Default ${defaults.limit}.`),
  });

export type PeerFile = z.output<typeof peer>;
export type ResourcesFile = z.output<ReturnType<typeof podResources>>;
export type SecretEntryFile = z.output<ReturnType<typeof secretEntry>>;
