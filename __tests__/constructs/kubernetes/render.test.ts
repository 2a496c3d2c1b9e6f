import { environmentBlocks, mountBlocks, resourceBlock, volumeBlocks } from '../../../constructs/kubernetes/render';

describe('the environment of a container', () => {
  it('contains values, pod fields and Secret keys', () => {
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

  it('give Secrets a mode that only the group of the pod can read', () => {
    expect(volumeBlocks(volumes)).toEqual([
      { name: 'tls', secret: { secretName: 'tls', defaultMode: '0440' } },
      { name: 'ca', secret: { secretName: 'db', defaultMode: '0440', items: [{ key: 'authority', path: 'ca.crt' }] } },
      { name: 'config', configMap: { name: 'config', defaultMode: '0444' } },
      { name: 'keys', emptyDir: { medium: 'Memory' } },
      { name: 'audit', emptyDir: { sizeLimit: '1Gi' } },
    ]);
  });

  it('are writable if they are emptyDir volumes', () => {
    expect(mountBlocks(volumes).filter(({ readOnly }) => !readOnly)).toMatchObject([
      { name: 'keys' },
      { name: 'audit' },
    ]);
  });
});

describe('resources', () => {
  const least = { cpuRequest: '1', memoryRequest: '1Gi', memoryLimit: '2Gi' };

  it('have a CPU limit only if it is set', () => {
    expect(resourceBlock(least)).toEqual({ requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } });
    expect(resourceBlock({ ...least, cpuLimit: '2' })).toMatchObject({ limits: { cpu: '2', memory: '2Gi' } });
  });
});
