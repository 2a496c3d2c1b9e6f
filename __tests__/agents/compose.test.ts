import { parse } from 'yaml';

import { composeFiles } from '../../agents/compose';
import { dialects } from '../../model/dialect';
import { agentProps, fileOf } from './agents';

describe('the service of an agent in Compose', () => {
  const files = composeFiles(agentProps());
  const project = parse(fileOf(files, 'compose.yaml')) as { services: { agent: object }; volumes: object };

  it('has no capabilities, cannot gain any, and writes only to memory', () => {
    expect(project.services.agent).toMatchObject({
      image: dialects.openbao.image,
      user: '10001:10001',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: ['/run/agent:uid=10001,gid=10001,mode=0700,size=4m,nosuid,nodev,noexec'],
      volumes: [
        { type: 'bind', source: './agent', target: '/etc/agent', read_only: true },
        { type: 'volume', source: 'files', target: '/etc/kafka/tls' },
      ],
    });
    expect(project.volumes).toMatchObject({ files: { driver_opts: { type: 'tmpfs' } } });
  });

  it('mounts the configuration where its options refer to it', () => {
    expect(files.map(({ path }) => path)).toEqual([
      'agent/agent.json',
      'agent/broker.ca.pem.ctmpl',
      'agent/broker.pem.ctmpl',
      'compose.yaml',
      'README.md',
    ]);
    expect(fileOf(files, 'agent.json')).toContain('"source": "/etc/agent/broker.pem.ctmpl"');
  });
});
