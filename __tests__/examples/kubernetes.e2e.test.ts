import { describeKubernetesExample } from '../support/specifications/kubernetes-example/example';

describe('the example kubernetes on OpenBao', () => describeKubernetesExample('openbao'));
