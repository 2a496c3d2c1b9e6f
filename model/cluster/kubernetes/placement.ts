import { labelKeyRule, labelValueRule, objectNameRule } from '../../language/rules/kubernetes';
import { list, map, optional, text, word, type Output } from '../../language/schema';
import { labels } from './parts';

const toleration = map({
  key: text(labelKeyRule).describe('Key of the taint.'),
  value: optional(text(labelValueRule)).describe('Value of the taint. Default: any.'),
  effect: optional(word(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])).describe(
    'Effect of the taint. Default: any.',
  ),
});

export type Toleration = Output<typeof toleration>;

/** Where the servers’ pods may run. */
export const placement = map({
  nodeSelector: optional(labels, {}).describe('Labels that nodes must have, for example those of a dedicated pool.'),
  tolerations: optional(list(toleration, 'a list of taints that are tolerated', JSON.stringify), []).describe(
    'Taints of nodes that the pods tolerate.',
  ),
  separateNodes: optional(word(['required', 'preferred']), 'required').describe(
    'required: two servers never share a node. preferred: only if no other node is available.',
  ),
  separateZones: optional(word(['required', 'preferred']), 'preferred').describe(
    'required: the servers must be spread over zones. preferred: where possible.',
  ),
  priorityClass: optional(text(objectNameRule)).describe(
    'An existing PriorityClass. Default: a new one for the servers.',
  ),
});

export type Placement = Output<typeof placement>;
