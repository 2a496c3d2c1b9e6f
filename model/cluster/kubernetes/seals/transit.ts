import { map } from '../../../language/map';
import { addressRule } from '../../../language/rules/address';
import { azureKeyRule } from '../../../language/rules/cloud';
import { mountPathRule } from '../../../language/rules/words';
import { optional, text } from '../../../language/values';
import { authority, secretEntry } from '../parts';
import { sealEgress } from './egress';

export const transit = map({
  address: text(addressRule).describe('URL of the other server.'),
  mountPath: optional(text(mountPathRule), 'transit').describe('Mount path of its transit engine.'),
  keyName: text(azureKeyRule).describe('Name of the key.'),
  token: secretEntry('token').describe('Secret with a token that may encrypt and decrypt with the key.'),
  authority: authority('the other server'),
  egress: sealEgress(),
}).describe('A key of the transit engine of another Vault or OpenBao.');
