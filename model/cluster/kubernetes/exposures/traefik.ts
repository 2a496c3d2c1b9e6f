import { map } from '../../../language/map';
import { objectNameRule } from '../../../language/rules/kubernetes';
import { text } from '../../../language/values';
import { controllerPods } from './controller-pods';

export const traefik = map({
  entryPoint: text(objectNameRule).default('websecure').describe('Entry point that clients connect to.'),
  redirectEntryPoint: text(objectNameRule)
    .exactOptional()
    .describe('Entry point whose requests are redirected to HTTPS, usually web. Default: no redirection.'),
  from: controllerPods('traefik'),
}).describe('Traefik, with an IngressRouteTCP.');
