import { kubernetesLabMissing, useKubernetes } from '../support/kubernetes';
import { plainBackend, type PlainBackend } from '../support/passthrough-backend';
import { passthroughControllers } from '../support/passthrough-controllers';
import { passthroughSpecification } from '../support/passthrough-specification';
import { itUnless } from '../support/skips';

describe('TLS passthrough to a plain server', () => {
  const missing = kubernetesLabMissing();
  if (missing !== undefined) {
    itUnless(missing, 'TLS passthrough')('works', () => undefined);
    return;
  }
  let backend: PlainBackend | undefined;
  useKubernetes({
    before: async (kubernetes) => {
      backend = await plainBackend(kubernetes);
    },
    after: async () => {
      await backend?.remove();
    },
  });
  for (const controller of passthroughControllers) passthroughSpecification(controller, () => backend!);
});
