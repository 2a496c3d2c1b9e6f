import { describeKubernetesExample } from '../support/specifications/kubernetes-example/example';

describe('the example kubernetes on Vault', () => describeKubernetesExample('vault'));
