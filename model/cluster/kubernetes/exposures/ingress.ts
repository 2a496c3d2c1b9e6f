import type { z } from 'zod';

import { map } from '../../../language/map';
import { objectNameRule } from '../../../language/rules/kubernetes';
import { flag, optional, refuse, text } from '../../../language/values';
import { controllerPods } from './controller-pods';

type IngressSchema = ReturnType<
  typeof map<{
    ingressClass: z.ZodPrefault<z.ZodString>;
    redirect: z.ZodPrefault<z.ZodBoolean>;
    from: ReturnType<typeof controllerPods>;
  }>
>;

/** @param namespace where the controller’s own instructions install it */
const ingress = (ingressClass: string, namespace: string): IngressSchema =>
  map({
    ingressClass: optional(text(objectNameRule), ingressClass).describe('Class of the Ingress.'),
    redirect: optional(flag(), true).describe('Whether HTTP requests are redirected to HTTPS.'),
    from: controllerPods(namespace),
  });

export const haproxy = ingress('haproxy', 'haproxy-controller').describe(
  'The ingress controller of HAProxy Technologies.',
);

export const haproxyIngress = ingress('haproxy', 'ingress-controller')
  .superRefine(({ redirect }, context) => {
    if (redirect) return;
    const message = 'haproxy-ingress always redirects HTTP when it passes TLS through';
    refuse(context, ['redirect'], 'true', { message, fix: 'remove redirect' });
  })
  .describe('The ingress controller haproxy-ingress, which always redirects HTTP requests to HTTPS.');

export const nginx = ingress('nginx', 'ingress-nginx').describe(
  'The controller ingress-nginx with --enable-ssl-passthrough. It was retired in March 2026 and gets no more fixes: use it only if you already run it.',
);
