import { followAudit } from '../../../local/cluster/follow-audit';

type Devices = Record<string, object>;

/** Follows a file on a Vault with devices. @returns requests that change it, and the devices afterwards */
async function follow(
  file: string,
  devices: Devices,
): Promise<{ changed: boolean; requests: string[]; devices: Devices }> {
  const after = { ...devices };
  const requests: string[] = [];
  const changed = await followAudit(
    {
      read: () => Promise.resolve({ data: { ...after } }),
      write: (path, body = {}) => {
        requests.push(`enable ${path}`);
        after[`${path.replace('sys/audit/', '')}/`] = body;
        return Promise.resolve({});
      },
      delete: (path) => {
        requests.push(`disable ${path}`);
        delete after[`${path.replace('sys/audit/', '')}/`];
        return Promise.resolve();
      },
    },
    file,
  );
  return { changed, requests, devices: after };
}

const former = { 'file/': { type: 'file', description: '', options: { file_path: 'audit.log' } } };

describe('the audit device of Vault', () => {
  it('is enabled, and then stays', async () => {
    const { requests, devices } = await follow('audit.log', {});
    expect(requests).toEqual([expect.stringMatching(/^enable sys\/audit\/file-[0-9a-f]{8}$/)]);
    expect(await follow('audit.log', devices)).toMatchObject({ changed: false, requests: [] });
  });

  it.each([
    ['another file', 'other.log', async () => (await follow('audit.log', {})).devices],
    ['another file than that of an earlier version', 'other.log', () => Promise.resolve(former)],
  ])('follows %s: the new one is enabled before the old one is disabled', async (_, file, before) => {
    const devices = await before();
    const { changed, requests } = await follow(file, devices);
    expect(changed).toBe(true);
    expect(requests).toEqual([
      expect.stringMatching(/^enable sys\/audit\/file-[0-9a-f]{8}$/),
      `disable sys/audit/${Object.keys(devices)[0]?.slice(0, -1)}`,
    ]);
  });

  it('stays at the path that an earlier version gave it, since Vault refuses a second device with the same file', async () => {
    expect(await follow('audit.log', former)).toMatchObject({ changed: false, requests: [] });
  });

  it('leaves devices of others', async () => {
    const others = {
      'file/': { type: 'file', description: 'ours', options: { file_path: '/var/log/vault.log' } },
      'file-0a1b2c3d/': { type: 'file', description: '', options: { file_path: '/var/log/other.log' } },
      'syslog/': { type: 'syslog', description: '', options: {} },
    };
    const { devices } = await follow('audit.log', others);
    expect(devices).toMatchObject(others);
    expect(Object.keys(devices)).toHaveLength(4);
  });
});
