import { list } from '../../language/list';
import { map, type Output } from '../../language/map';
import { labelKeyRule, labelValueRule, objectNameRule } from '../../language/rules/kubernetes';
import { text, word } from '../../language/values';
import { labels } from './parts';

const toleration = map({
  key: text(labelKeyRule).describe('Key of the taint.'),
  value: text(labelValueRule).exactOptional().describe('Value of the taint. Default: any.'),
  effect: word(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .exactOptional()
    .describe('Effect of the taint. Default: any.'),
});

export type Toleration = Output<typeof toleration>;

/** Where the servers’ pods may run. */
export const placement = map({
  nodeSelector: labels().default({}).describe('Labels that nodes must have, for example those of a dedicated pool.'),
  tolerations: list(toleration, 'a list of taints that are tolerated', JSON.stringify)
    .default([])
    .describe('Taints of nodes that the pods tolerate.'),
  separateNodes: word(['required', 'preferred'])
    .default('required')
    .describe('required: two servers never share a node. preferred: only if no other node is available.'),
  separateZones: word(['required', 'preferred'])
    .default('preferred')
    .describe('required: the servers must be spread over zones. preferred: where possible.'),
  priorityClass: text(objectNameRule)
    .exactOptional()
    .describe('An existing PriorityClass. Default: a new one for the servers.'),
});

export type Placement = Output<typeof placement>;
