import type { LintRule } from './lint-rule';
import { duplicatePolicy, unknownPolicy, unusedPolicy } from './rules/holders';
import { kvListOnData, kvWithoutData } from './rules/kv';
import { listPortability } from './rules/list-portability';
import { deadDeny, deadStanza, shadowedDeny } from './rules/precedence';
import {
  createWithoutUpdate,
  droppedTemplate,
  emptyCapabilities,
  listWithoutSlash,
  literalWildcard,
  valueConstraint,
} from './rules/stanza-text';
import { batchRenewal, unboundedTtl } from './rules/tokens';

/** All rules, most severe first. Each has a page docs/lints/<id>.md. */
export const lintRules: readonly LintRule[] = [
  deadDeny,
  literalWildcard,
  kvWithoutData,
  droppedTemplate,
  unknownPolicy,
  deadStanza,
  shadowedDeny,
  emptyCapabilities,
  createWithoutUpdate,
  kvListOnData,
  listPortability,
  unusedPolicy,
  batchRenewal,
  unboundedTtl,
  listWithoutSlash,
  valueConstraint,
  duplicatePolicy,
];
