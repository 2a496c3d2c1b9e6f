import { z } from 'zod';

import { durationRule } from '../rules/duration';
import {
  contextRule,
  imageRule,
  labelKeyRule,
  labelValueRule,
  namespaceRule,
  objectNameRule,
} from '../rules/kubernetes';
import { exposureSchema } from './kubernetes-exposure';
import { auditSchema, backupSchema, certificateSchema, monitoringSchema } from './kubernetes-operations';
import { labels, peers, podResources, somePeers } from './kubernetes-parts';
import { sealSchema } from './kubernetes-seal';
import { storageSchema } from './kubernetes-storage';
import { flag, itself, list, map, namedMap, text, wholeNumber, word } from './parts';

const toleration = map({
  key: text(labelKeyRule).describe('Key of the taint.'),
  value: text(labelValueRule).optional().describe('Its value. Default: any.'),
  effect: word(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional().describe('Its effect. Default: every one.'),
});

const placement = map({
  nodeSelector: labels().optional().describe('Labels of the nodes, for a pool of the servers’ own. Default: any node.'),
  tolerations: list(toleration, 'a list of taints that are tolerated', JSON.stringify)
    .optional()
    .describe('Taints of nodes that are tolerated. Default: none.'),
  separateNodes: word(['required', 'preferred'])
    .optional()
    .describe('Whether two servers may never share a node, or only if there is no other. Default required.'),
  separateZones: word(['required', 'preferred'])
    .optional()
    .describe('Whether servers have to be spread over zones, or are where possible. Default preferred.'),
  priorityClass: text(objectNameRule)
    .optional()
    .describe('A PriorityClass that exists. Default: one of the servers’ own is made.'),
});

const apiServer = map({
  peers: somePeers().optional().describe('Addresses of the API server, behind its Service. Default: anywhere.'),
  port: wholeNumber(1, 65_535)
    .optional()
    .describe('Port of the API server, behind its Service: often 443 with a cloud. Default 6443.'),
});

const egress = map({
  peers: somePeers().describe('Where it is.'),
  port: wholeNumber(1, 65_535).describe('Its port.'),
});

/** How a cluster’s servers run on Kubernetes. Defaults are filled in by model/resolve/kubernetes.ts. */
export const kubernetesSchema = map({
  context: text(contextRule)
    .optional()
    .describe('Context of the kubeconfig, so that no other cluster is changed by mistake. Default: the current one.'),
  namespace: text(namespaceRule)
    .optional()
    .describe('Namespace of the servers and nothing else. Default: program and cluster, such as openbao-prod.'),
  image: text(imageRule)
    .optional()
    .describe('Image of the server. Default: that of the release this project is tested with.'),
  imagePullSecrets: list(text(objectNameRule), 'a list of Secrets', itself)
    .meta({ uniqueItems: true })
    .optional()
    .describe('Secrets with credentials for registries. Default: none.'),
  replicas: z.literal([3, 5], { error: '3 or 5' }).optional().describe('Servers, one of which is active. Default 3.'),
  resources: podResources({ cpu: '500m', memory: '512Mi', limit: '1Gi, or memoryRequest where that is more' })
    .optional()
    .describe('Resources of each server.'),
  placement: placement.optional().describe('Where the servers may run.'),
  logLevel: word(['trace', 'debug', 'info', 'warn', 'error']).optional().describe('Level of the log. Default info.'),
  ui: flag().optional().describe('Whether the user interface is served. Default false.'),
  standbyReads: flag()
    .optional()
    .describe('Whether standbys of OpenBao answer reads; a takeover may then take 16 s instead of one. Default false.'),
  tokenReview: flag()
    .optional()
    .describe(
      'Whether the servers may review tokens of ServiceAccounts of this Kubernetes, for auth methods with tokenReview: server. Default false.',
    ),
  terminationGrace: text(durationRule(1, '10s'))
    .optional()
    .describe('How long a server gets to end by itself before it is killed. Default 60s.'),
  clients: peers()
    .optional()
    .describe(
      'Who may talk to the servers, besides what exposes them. Default: namespaces with the label openbao-client: "true", or vault-client with Vault.',
    ),
  apiServer: apiServer
    .optional()
    .describe('Where the API server is, for the NetworkPolicy; servers label their pods there.'),
  egress: namedMap('destination', egress, 'a map from names to what the servers connect to')
    .optional()
    .describe(
      'What the servers may connect to besides storage, seal and API server: directories, databases of engines, providers of logins. Default: nothing.',
    ),
  storage: storageSchema.describe('Where the servers keep their data.'),
  seal: sealSchema
    .optional()
    .describe('What protects the key that everything is encrypted by. Default shamir: shares that people hold.'),
  certificate: certificateSchema.describe(
    'Where the servers’ own certificate comes from. selfSigned: `platform server certificate` makes it, for clusters that nobody else uses.',
  ),
  exposure: exposureSchema
    .optional()
    .describe(
      'How clients outside of Kubernetes reach the active server; TLS ends there and nowhere else. Default none.',
    ),
  audit: auditSchema.optional().describe('Where every request and answer is written to. Default stdout.'),
  monitoring: monitoringSchema.optional().describe('Metrics, alerts and dashboard. Default: none.'),
  backup: backupSchema
    .optional()
    .describe('Dumps of the database, encrypted before they leave the pod. Default: none.'),
});

export type KubernetesFile = z.output<typeof kubernetesSchema>;
