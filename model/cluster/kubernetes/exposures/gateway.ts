import type { z } from 'zod';

import { defined } from '../../../language/absent';
import { map } from '../../../language/map';
import { namespaceRule, objectNameRule } from '../../../language/rules/kubernetes';
import { optional, text, word } from '../../../language/values';
import { inNamespace, somePeers } from '../parts';

const section = (protocol: string) =>
  optional(text(objectNameRule)).describe(`Name of the listener with ${protocol}. Default: every listener that fits.`);

const redirect = map({
  name: optional(text(objectNameRule)).describe('Name of the Gateway. Default: the same.'),
  namespace: optional(text(namespaceRule)).describe('Namespace of the Gateway. Default: the same.'),
  section: section('protocol HTTP'),
});

export const gateway = map({
  name: text(objectNameRule).describe('Name of the Gateway.'),
  namespace: text(namespaceRule).describe('Namespace of the Gateway.'),
  section: section('protocol TLS and mode Passthrough'),
  redirect: optional(redirect).describe('Listener whose requests are redirected to HTTPS. Default: no redirection.'),
  apiVersion: optional(word(['v1', 'v1alpha3', 'v1alpha2']), 'v1').describe(
    'Version of TLSRoute that the controller reads; v1 requires Gateway API 1.5.',
  ),
  from: optional(somePeers()).describe(
    'Pods of the controller, for the NetworkPolicy. Default: those in the namespace of the Gateway.',
  ),
})
  .transform(({ name, namespace, section: listener, redirect: redirected, apiVersion, from }) => ({
    gateway: { name, namespace, ...defined({ section: listener }) },
    ...(redirected !== undefined && { redirect: { name, namespace, ...redirected } }),
    apiVersion,
    from: from ?? inNamespace(namespace),
  }))
  .describe('A Gateway, with a TLSRoute.');

export type GatewayListener = z.output<typeof gateway>['gateway'];
