import type { TestProgram } from '../programs/go-programs';

const version = '0.14.7';

/** The controller; HAProxy itself comes from the system. */
export const haproxyIngressProgram: TestProgram = {
  name: 'HAProxy-Ingress',
  version,
  executable: 'haproxy-ingress-controller',
  source: {
    title: `haproxy-ingress ${version}`,
    module: 'github.com/jcmoraisjr/haproxy-ingress',
    version: `v${version}`,
    sum: 'h1:szM/lSU0CZJrkrhMbxLBe6CBy7zswR/5rYENwW1+kq4=',
    notInChecksumDatabase: true,
    package: 'github.com/jcmoraisjr/haproxy-ingress/pkg',
    oldestGo: '1.18',
    withoutC: true,
    variable: 'PATH',
    alternative: 'leave out the tests that need it',
  },
};
