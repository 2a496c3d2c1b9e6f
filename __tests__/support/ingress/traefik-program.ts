import type { TestProgram } from '../programs/go-programs';

const version = '3.6.12';

/** Traefik. 3.7 cannot be built from its module. */
export const traefikProgram: TestProgram = {
  name: 'Traefik',
  version,
  executable: 'traefik',
  source: {
    title: `Traefik ${version}`,
    module: 'github.com/traefik/traefik/v3',
    version: `v${version}`,
    sum: 'h1:6pe4s7aaDTQs+AsF7KP3sM/xnq7zOVvibRQe5tw9eFo=',
    package: 'github.com/traefik/traefik/v3/cmd/traefik',
    oldestGo: '1.25.0',
    goMod: [
      'replace github.com/abbot/go-http-auth => github.com/containous/go-http-auth v0.4.1-0.20200324110947-a37a7636d23e',
      'replace github.com/gorilla/mux => github.com/containous/mux v0.0.0-20250523120546-41b6ec3aed59',
      'replace github.com/mailgun/minheap => github.com/containous/minheap v0.0.0-20190809180810-6e71eb837595',
      'exclude github.com/tencentcloud/tencentcloud-sdk-go v3.0.83+incompatible',
    ],
    withoutC: true,
    variable: 'PATH',
    alternative: 'leave out the tests that need it',
  },
};
