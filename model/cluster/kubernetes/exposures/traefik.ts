import { map } from '../../../language/map';
import { objectNameRule } from '../../../language/rules/kubernetes';
import { optional, text } from '../../../language/values';
import { controllerPods } from './controller-pods';

export const traefik = map({
  entryPoint: optional(text(objectNameRule), 'websecure').describe('Entry point that clients connect to.'),
  redirectEntryPoint: optional(text(objectNameRule)).describe(
    'Entry point whose requests are redirected to HTTPS, usually web. Default: no redirection.',
  ),
  from: controllerPods('traefik'),
}).describe('Traefik, with an IngressRouteTCP.');
