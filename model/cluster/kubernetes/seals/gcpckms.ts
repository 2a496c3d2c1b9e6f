import { map } from '../../../language/map';
import { googleAccountRule, googleKeyRule, googleLocationRule, googleProjectRule } from '../../../language/rules/cloud';
import { optional, text } from '../../../language/values';
import { sealEgress } from './egress';

export const gcpckms = map({
  project: text(googleProjectRule).describe('Project of the key.'),
  region: text(googleLocationRule).describe('Location of the key ring.'),
  keyRing: text(googleKeyRule).describe('Name of the key ring.'),
  cryptoKey: text(googleKeyRule).describe('Name of the key.'),
  serviceAccount: optional(text(googleAccountRule)).describe(
    'Google service account that the ServiceAccount impersonates. Default: none.',
  ),
  egress: sealEgress(),
}).describe('A key of Google Cloud KMS. Requires `dialect: vault`.');
