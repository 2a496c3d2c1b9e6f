import { combineParts } from '../../../constructs/kubernetes/combine-parts';

describe('combineParts', () => {
  it('asks for nothing if no part does', () => {
    expect(combineParts([{}, {}])).toEqual({
      configuration: {},
      environment: [],
      volumes: [],
      egress: [],
      serviceAccountAnnotations: {},
      podLabels: {},
      dependsOn: [],
    });
  });

  it('puts together what several ask for, in their order', () => {
    const environment = [{ name: 'A', from: { value: 'a' } }];
    const egress = [{ purpose: 'seal', peers: [], port: 443 }];
    expect(
      combineParts([
        { configuration: { storage: {} }, environment },
        { configuration: { seal: {} }, egress },
      ]),
    ).toMatchObject({ configuration: { storage: {}, seal: {} }, environment, egress });
  });
});
