import { describeKubernetesExample } from '../support/kubernetes-example';

describe('the example kubernetes on Vault', () => describeKubernetesExample('vault'));
