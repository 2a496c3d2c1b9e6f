import { patternRule, refineRule, type Fault, type Rule } from '../rule';

/** What names, labels, quantities and images have to obey on Kubernetes; it would refuse them itself, but not before an apply. */

const label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';

export const longestNamespace = 63;

/** A namespace, or another name that stands in a host's. */
export const namespaceRule = patternRule(
  new RegExp(`^(?=.{1,${longestNamespace}}$)${label}$`),
  'a name such as vault-prod',
  {
    message: 'this cannot be a name in Kubernetes',
    fix: `write up to ${longestNamespace} lower-case letters, digits and dashes`,
  },
);

/** A Secret, a class, an issuer, … */
export const objectNameRule = patternRule(
  new RegExp(`^(?=.{1,253}$)${label}(\\.${label})*$`),
  'a name of Kubernetes such as database-password',
  {
    message: 'this cannot be a name in Kubernetes',
    fix: 'write lower-case letters, digits and dashes, with dots between them',
  },
);

/** Key of a label, an annotation, a selector or a taint. */
export const labelKeyRule = patternRule(
  new RegExp(`^((?=[^/]{1,253}/)${label}(\\.${label})*/)?(?=[^/]{1,63}$)[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`),
  'the key of a label such as topology.kubernetes.io/zone',
  {
    message: 'this cannot be the key of a label',
    fix: 'write up to 63 letters, digits, `.`, `_` and `-`, behind a domain and `/` where it has one',
  },
);

export const labelValueRule = patternRule(
  /^(?=.{0,63}$)([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/,
  "the value of a label; true, false and numbers in quotes, such as 'true'",
  {
    message: 'this cannot be the value of a label',
    fix: 'write up to 63 letters, digits, `.`, `_` and `-`, a letter or digit at both ends',
  },
);

/** A context of a kubeconfig; tools of clouds name them by the ARN or path of the cluster. */
export const contextRule = patternRule(/^[A-Za-z0-9._:/@-]{1,253}$/, 'the name of a context of the kubeconfig', {
  message: 'this cannot be the name of a context',
  fix: 'write it as `kubectl config get-contexts` shows it',
});

export const cpuRule = patternRule(
  /^([1-9][0-9]{0,4}m|[1-9][0-9]{0,2})$/,
  'processors such as 500m (half of one) or 2',
  {
    message: 'this is not an amount of CPU',
    fix: "write thousandths such as 500m, or whole ones such as '2'",
  },
);

export const memoryRule = patternRule(/^[1-9][0-9]{0,5}(Ki|Mi|Gi|Ti)$/, 'an amount such as 512Mi or 1Gi', {
  message: 'this is not an amount of memory or storage',
  fix: 'write a whole number and one of the units Ki, Mi, Gi, Ti',
});

const units: Readonly<Record<string, number>> = { m: 0.001, '': 1, Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** Processors or bytes of a quantity that one of the two rules accepts. */
export function quantity(text: string): number {
  const [, count = '', unit = ''] = /^([0-9]+)(.*)$/.exec(text) ?? [];
  return Number(count) * (units[unit] ?? NaN);
}

const imageName = '[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*';
const tag = '(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?';
const image = new RegExp(`^${imageName}${tag}@sha256:[0-9a-f]{64}$`);
const imageWithoutDigest = new RegExp(`^(?!sha256:[0-9a-f]{64}$)${imageName}${tag}$`);

/** By digest: a tag is moved by whoever may push to the registry, and then decides what a pod runs that starts later. */
export const imageRule: Rule = {
  allowed: 'an image with a digest, such as registry.example.com/openbao:2.7.1@sha256:6d2b…',
  pattern: image,
  fault: (text): Fault | undefined => {
    if (image.test(text)) return undefined;
    if (!imageWithoutDigest.test(text)) {
      return {
        message: 'this is not an image with a digest',
        fix: 'write its name in lower case, a colon and its tag, and `@sha256:` with 64 hexadecimal digits in lower case',
      };
    }
    return {
      message: 'this image has no digest, so users who may push to its registry can replace it',
      fix: `add \`@\` and the digest, which \`crane digest ${text}\` or \`docker buildx imagetools inspect ${text} --format '{{.Manifest.Digest}}'\` prints`,
    };
  },
};

/** Of a database of CloudNativePG, whose operator refuses a Cluster if no tag shows the version. */
export const databaseImageRule: Rule = refineRule(imageRule, (text) =>
  /:[0-9]+[^/]*@/.test(text)
    ? undefined
    : {
        message: 'the operator of CloudNativePG accepts no image without the version of PostgreSQL as its tag',
        fix: 'write the tag before the digest, for example `…/postgresql:17.6@sha256:…`',
      },
);
