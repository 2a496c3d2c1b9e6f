import { environmentBlocks, mountBlocks, resourceBlock, volumeBlocks } from '../../../constructs/kubernetes/render';

describe('a container’s environment', () => {
  it('takes values, fields of the pod and entries of Secrets', () => {
    expect(
      environmentBlocks([
        { name: 'A', from: { value: 'a' } },
        { name: 'B', from: { field: 'metadata.name' } },
        { name: 'C', from: { secret: 'db', key: 'password' } },
      ]),
    ).toEqual([
      { name: 'A', value: 'a' },
      { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'C', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
    ]);
  });
});

describe('volumes', () => {
  const volumes = [
    { name: 'tls', mountPath: '/tls', source: { secret: 'tls' } },
    { name: 'ca', mountPath: '/ca', source: { secret: 'db', items: { authority: 'ca.crt' } } },
    { name: 'config', mountPath: '/config', source: { configMap: 'config' } },
    { name: 'keys', mountPath: '/keys', source: { emptyDir: 'memory' } },
    { name: 'audit', mountPath: '/audit', source: { emptyDir: { sizeLimit: '1Gi' } } },
  ] as const;

  it('let nobody but the pod’s group read what is secret', () => {
    expect(volumeBlocks(volumes)).toEqual([
      { name: 'tls', secret: { secretName: 'tls', defaultMode: '0440' } },
      { name: 'ca', secret: { secretName: 'db', defaultMode: '0440', items: [{ key: 'authority', path: 'ca.crt' }] } },
      { name: 'config', configMap: { name: 'config', defaultMode: '0444' } },
      { name: 'keys', emptyDir: { medium: 'Memory' } },
      { name: 'audit', emptyDir: { sizeLimit: '1Gi' } },
    ]);
  });

  it('can be written to if they are the pod’s own', () => {
    expect(mountBlocks(volumes).filter(({ readOnly }) => !readOnly)).toMatchObject([
      { name: 'keys' },
      { name: 'audit' },
    ]);
  });
});

describe('resources', () => {
  const least = { cpuRequest: '1', memoryRequest: '1Gi', memoryLimit: '2Gi' };

  it('limit the processor only where that is wanted', () => {
    expect(resourceBlock(least)).toEqual({ requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } });
    expect(resourceBlock({ ...least, cpuLimit: '2' })).toMatchObject({ limits: { cpu: '2', memory: '2Gi' } });
  });
});
