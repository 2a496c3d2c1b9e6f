import type { IServerPart } from '../kubernetes/server-part';
import { metadataAddress, sealEgress, variablesOf, type SealOf } from './seal-part';

/**
 * A key of AWS KMS. The role or user needs `kms:Encrypt`, `kms:Decrypt` and `kms:DescribeKey` on it.
 * @see https://developer.hashicorp.com/vault/docs/configuration/seal/awskms
 */
export const awsKmsSeal = ({
  region,
  keyId,
  endpoint,
  credentials,
  roleArn,
  egress,
}: SealOf<'awskms'>): IServerPart => ({
  bind: () => ({
    configuration: {
      seal: { awskms: { region, kms_key_id: keyId, ...(endpoint !== undefined && { endpoint }) } },
    },
    environment: variablesOf(credentials, ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']),
    egress: [
      ...sealEgress(egress),
      // Without other credentials: the role of the pod (EKS Pod Identity) or of its node.
      ...(credentials === undefined && roleArn === undefined
        ? [{ purpose: 'metadata', peers: [{ cidr: metadataAddress }, { cidr: '169.254.170.23/32' }], port: 80 }]
        : []),
    ],
    ...(roleArn !== undefined && { serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': roleArn } }),
  }),
});
