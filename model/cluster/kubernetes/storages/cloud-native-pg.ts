import { map } from '../../../language/map';
import { imageRule, memoryRule, namespaceRule, objectNameRule } from '../../../language/rules/kubernetes';
import { optional, text, wholeNumber } from '../../../language/values';
import { podResources } from '../parts';
import { databaseKeys } from './database';

export const cloudNativePg = map({
  instances: optional(wholeNumber(1, 9), 3).describe('Number of instances, one of which is the primary.'),
  size: optional(text(memoryRule), '10Gi').describe('Size of the volume of each instance.'),
  storageClass: optional(text(objectNameRule)).describe(
    'StorageClass of the volumes. Default: the default class of Kubernetes.',
  ),
  image: optional(text(imageRule)).describe('Image of PostgreSQL. Default: the operator’s.'),
  // Limit and request are the same: a database that is killed for its memory takes the servers with it.
  resources: podResources('each instance', '1Gi', '1Gi'),
  operatorNamespace: optional(text(namespaceRule), 'cnpg-system').describe('Namespace of the operator.'),
  ...databaseKeys(),
}).describe('A PostgreSQL in the servers’ namespace, run by the operator CloudNativePG.');
