import { shapesOf, type Json, type SchemaNode } from './leaf-schema';
import { certificate, otherCertificate, otherPublicKey, otherRsaPublicKey, publicKey, rsaPublicKey } from './pem';

/** Texts of every form that a rule asks for; the pattern of a leaf chooses among them. */
const samples: readonly string[] = [
  ...[
    'sample',
    'other-sample',
    'bus-sample',
    'sample-kubernetes',
    'sample-jwt',
    'sample-oidc',
    'sample-ldap',
    'sample-aws',
  ],
  ...['2025', 'sample.bus.example.com', 'sample.example.com', 'repository'],
  ...[`example/sample:1.2@sha256:${'1'.repeat(64)}`, `example/other:1.3@sha256:${'2'.repeat(64)}`],
  ...['1000d', '2000d', '2m', '3h', '40d', '2d', '90s', '20m', '15m', '5m', '1h', '6h', '12h', '24h', '300d'],
  ...[
    '10.9.0.0/16',
    '10.8.0.0/16',
    '10.0.0.8',
    '2',
    '3',
    '750m',
    '3Gi',
    '4Gi',
    'eu-west-2',
    'us-east-1',
    'europe-west1',
  ],
  ...['https://sample.example.com', 'https://other.example.com:8443', 'ldaps://sample.example.com'],
  ...['http://localhost:8251/oidc/callback', 'https://sample.example.com/oidc/callback'],
  ...['arn:aws:iam::111122223333:role/sample', 'arn:aws:iam::111122223333:role/other', '444455556666'],
  ...['arn:aws:iam::111122223333:instance-profile/sample', 'arn:aws:iam::111122223333:instance-profile/other'],
  ...[
    'arn:aws:iam::111122223333:policy/sample',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    'vpc-0123456789',
    'vpc-9876543210',
  ],
  ...['arn:aws:kms:eu-west-1:111122223333:alias/sample', 'arn:aws:kms:eu-west-1:111122223333:alias/other'],
  ...['alias/sample', 'alias/other', '01234567-89ab-cdef-0123-456789abcdef', '11111111-89ab-cdef-0123-456789abcdef'],
  ...['sample@sample-project.iam.gserviceaccount.com', 'other1@sample-project.iam.gserviceaccount.com'],
  ...[
    '0 1 * * *',
    '0 4 * * *',
    'Europe/Paris',
    'Asia/Tokyo',
    '/etc/sample',
    '/etc/other',
    'sample/*',
    'X-Sample',
    'X-Other',
  ],
  ...[
    "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'",
    'sample_user',
    'other_user',
  ],
  'postgresql://{{username}}:{{password}}@sample.example.com:5432/app?sslmode=verify-full',
  'postgresql://{{username}}:{{password}}@other.example.com:5432/app?sslmode=verify-full',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::sample/*"}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::sample/*"}]}',
  ...[certificate, otherCertificate, publicKey, otherPublicKey, rsaPublicKey, otherRsaPublicKey],
];

/** Small changes of a text, for those that only a neighbour of the present value can replace. */
const editsOf = (text: string): string[] => [
  `${text}2`,
  `sample.${text}`,
  `sample-${text}`,
  text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)),
];

/** Leaves without a pattern are references to names. */
const matches = (pattern = '^[a-z-]+$', text: string): boolean => new RegExp(pattern).test(text);

/** Values that a leaf may have instead of its own, the likely ones first. Most leaves accept some of them only. */
export function candidates(node: SchemaNode, value: Json | undefined): Json[] {
  const near = typeof value === 'number' ? [value + 1, value - 1, 2 * value] : [];
  const { minimum: least = 1, maximum: most = 8192 } = node;
  const all: Json[] =
    node.enum !== undefined
      ? [...node.enum]
      : node.type === 'boolean'
        ? [true, false]
        : node.type === 'integer'
          ? [...near, least, least + 1, most, 256, 384, 2048, 3072, 30_000, 30_001].filter(
              (n) => n >= least && n <= most,
            )
          : [...samples, ...(typeof value === 'string' ? editsOf(value) : [])];
  return [...new Set(all)].filter(
    (candidate) =>
      candidate !== value &&
      (node.type !== 'string' ||
        node.enum !== undefined ||
        (typeof candidate === 'string' && matches(node.pattern, candidate))),
  );
}

/** The least that a schema accepts, as far as the schema itself says. */
export function smallest(node: SchemaNode): Json {
  const [shape] = shapesOf(node) ?? [];
  if (shape !== undefined) return smallest(shape);
  if (node.const !== undefined) return node.const;
  if (node.items !== undefined) return [smallest(node.items)];
  if (node.type === 'object') {
    const { properties = {}, required = [] } = node;
    return Object.fromEntries(required.map((key) => [key, smallest(properties[key]!)]));
  }
  return candidates(node, undefined)[0] ?? '';
}
