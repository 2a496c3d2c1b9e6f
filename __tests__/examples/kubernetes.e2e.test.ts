import { describeKubernetesExample } from '../support/kubernetes-example';

describe('the example kubernetes on OpenBao', () => describeKubernetesExample('openbao'));
