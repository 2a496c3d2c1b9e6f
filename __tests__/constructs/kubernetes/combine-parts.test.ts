import { combineParts } from '../../../constructs/kubernetes/combine-parts';

describe('combineParts', () => {
  it('returns nothing if no part requires anything', () => {
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

  it('combines the requirements of several parts in order', () => {
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
