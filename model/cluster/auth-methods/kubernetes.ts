import { addressRule } from '../../language/rules/address';
import { certificateRule } from '../../language/rules/pem';
import { textRule } from '../../language/rules/text';
import { map, optional, refuse, text, word, type Output } from '../../language/schema';
import { methodKeys, type Mounted } from './parts';

/** @see https://openbao.org/docs/auth/kubernetes/ */
export const kubernetesMethod = map(
  {
    ...methodKeys('kubernetes', 'Workloads of one Kubernetes cluster, authenticated by their ServiceAccount token.'),
    host: text(addressRule).describe('URL of the API server.'),
    caCertificate: optional(text(certificateRule)).describe(
      'CA certificate of the API server, in PEM. Optional with `tokenReview: server`: the default is then the CA in the server’s own pod.',
    ),
    issuer: optional(text(textRule)).describe(
      'Required issuer (`iss`) of the token. Default: not checked, the token review does that.',
    ),
    audience: text(textRule).describe(
      'Required audience of the token, so that tokens for other programs of the cluster are refused.',
    ),
    tokenReview: optional(word(['server', 'reviewer', 'client']), 'client').describe(
      'Whose token is used to review tokens. client: the token that logs in; its account needs system:auth-delegator, and `audience` must be one of the API server’s own. reviewer: an account of that cluster, whose token an operator supplies; it is never in the state. server: the server’s own account, in the cluster that it runs in.',
    ),
    aliasNameSource: optional(word(['serviceaccount_uid', 'serviceaccount_name']), 'serviceaccount_uid').describe(
      'What names the client in identity, for all logins by the method: the UID of its ServiceAccount, which a new one of the same name does not have, or the name.',
    ),
  },
  ({ tokenReview, caCertificate }, context) => {
    if (caCertificate !== undefined || tokenReview === 'server') return;
    refuse(context, [], 'caCertificate, or tokenReview: server', {
      message: 'the key `caCertificate` is missing: without it the API server cannot be verified',
      fix: 'add `caCertificate:`; `kubectl config view --raw --minify` shows it, in base64',
    });
  },
);

export type KubernetesMethod = Mounted<Output<typeof kubernetesMethod>>;
